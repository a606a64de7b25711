package dev.slipway.web.language;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The sentences about one's own password; {@code messages/account_en.properties} and {@code account_zh.properties}. */
@MessageBundle(value = "account", locale = "en")
public interface AccountMessages {
    @Message
    String oldPassword();

    @Message
    String freshPassword();

    @Message
    String changePassword();

    @Message
    String passwordChanged();
}
