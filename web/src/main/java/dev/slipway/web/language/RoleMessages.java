package dev.slipway.web.language;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The sentences about roles beside a membership; {@code messages/role_en.properties} and {@code role_zh.properties}. */
@MessageBundle(value = "role", locale = "en")
public interface RoleMessages {
    @Message
    String others();

    @Message
    String othersExplained();

    @Message
    String nobody();

    @Message
    String on();

    @Message
    String wholeTenant();

    @Message
    String app();

    @Message
    String appHint();

    @Message
    String give();

    @Message
    String given(String person, String role);

    @Message
    String taken(String person);

    @Message
    String own();

    @Message
    String ownExplained();

    @Message
    String none();

    @Message
    String permissions();

    @Message
    String people();

    @Message
    String define();

    @Message
    String defined(String role);

    @Message
    String removed(String role);

    @Message
    String permission(String name);
}
