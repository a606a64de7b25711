package dev.slipway.web.language;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The sentences of the pages about usage; {@code messages/usage_en.properties} and {@code usage_zh.properties}. */
@MessageBundle(value = "usage", locale = "en")
public interface UsageMessages {
    @Message
    String title();

    @Message
    String explained();

    @Message
    String from();

    @Message
    String to();

    @Message
    String show();

    @Message
    String download();

    @Message
    String byApp();

    @Message
    String byDay();

    @Message
    String day();

    @Message
    String app();

    @Message
    String shared();

    @Message
    String nothing();

    @Message
    String waste();

    @Message
    String wasteExplained();

    @Message
    String notLookedAt();

    @Message
    String process();

    @Message
    String instances();

    @Message
    String asked();

    @Message
    String used();

    @Message
    String fits();

    @Message
    String apply();

    @Message
    String asItIs();

    @Message
    String tooEarly();

    @Message
    String fitted(String app, String process);

    @Message
    String resource(String name);

    @Message
    String unit(String name);
}
