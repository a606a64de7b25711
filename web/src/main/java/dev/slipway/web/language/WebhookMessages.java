package dev.slipway.web.language;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The sentences of the pages about webhooks; {@code messages/hook_en.properties} and {@code hook_zh.properties}. */
@MessageBundle(value = "hook", locale = "en")
public interface WebhookMessages {
    @Message
    String title();

    @Message
    String explained();

    @Message
    String none();

    @Message
    String address();

    @Message
    String events();

    @Message
    String allEvents();

    @Message
    String chooseNoneForAll();

    @Message
    String add();

    @Message
    String made();

    @Message
    String secretOnce();

    @Message
    String remove();

    @Message
    String removed();

    @Message
    String deliveries();

    @Message
    String noDeliveries();

    @Message
    String event();

    @Message
    String state();

    @Message
    String stateOf(String state);

    @Message
    String attempts();

    @Message
    String last();

    @Message
    String because();

    @Message
    String replay();

    @Message
    String replayed();
}
