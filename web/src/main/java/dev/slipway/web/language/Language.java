package dev.slipway.web.language;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A language that all pages are written in. */
public enum Language {
    ENGLISH("en", "English", Locale.ENGLISH),
    CHINESE("zh", "简体中文", Locale.CHINESE);

    private final String code;
    private final String title;
    private final Locale locale;

    Language(String code, String title, Locale locale) {
        this.code = code;
        this.title = title;
        this.locale = locale;
    }

    /** {@code en} or {@code zh}. */
    public String code() {
        return code;
    }

    /** As {@code <html lang>} has it. */
    public String tag() {
        return this == CHINESE ? "zh-Hans" : code;
    }

    /** Its name in itself. */
    public String title() {
        return title;
    }

    public Locale locale() {
        return locale;
    }

    /** All sentences in this language. */
    public Messages messages() {
        return MessageBundles.get(Messages.class, Localized.Literal.of(code));
    }

    /** The sentences about webhooks. */
    public WebhookMessages webhookMessages() {
        return MessageBundles.get(WebhookMessages.class, Localized.Literal.of(code));
    }

    /** The sentences about roles beside a membership. */
    public RoleMessages roleMessages() {
        return MessageBundles.get(RoleMessages.class, Localized.Literal.of(code));
    }

    /** The sentences about the config as one text. */
    public ConfigMessages configMessages() {
        return MessageBundles.get(ConfigMessages.class, Localized.Literal.of(code));
    }

    /** The sentences about one's own password. */
    public AccountMessages accountMessages() {
        return MessageBundles.get(AccountMessages.class, Localized.Literal.of(code));
    }

    /** The sentences about usage. */
    public UsageMessages usageMessages() {
        return MessageBundles.get(UsageMessages.class, Localized.Literal.of(code));
    }

    /** The sentences of the operators' page. */
    public OperatorMessages operatorMessages() {
        return MessageBundles.get(OperatorMessages.class, Localized.Literal.of(code));
    }

    /** The sentences about drills. */
    public DrillMessages drillMessages() {
        return MessageBundles.get(DrillMessages.class, Localized.Literal.of(code));
    }

    /** The language of a code, if it is one of ours. */
    public static Optional<Language> parse(String code) {
        return List.of(values()).stream()
                .filter(language -> language.code.equals(code))
                .findFirst();
    }

    /** The first of the wanted ones that we have; else English. */
    public static Language of(List<Locale> wanted) {
        return wanted.stream()
                .flatMap(locale -> parse(locale.getLanguage()).stream())
                .findFirst()
                .orElse(ENGLISH);
    }
}
