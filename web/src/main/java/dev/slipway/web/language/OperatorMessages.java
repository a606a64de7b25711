package dev.slipway.web.language;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The sentences of the operators' page; {@code messages/operator_en.properties} and {@code operator_zh.properties}. */
@MessageBundle(value = "operator", locale = "en")
public interface OperatorMessages {
    @Message
    String title();

    @Message
    String explained();

    @Message
    String health();

    @Message
    String up();

    @Message
    String down();

    @Message
    String requests();

    @Message
    String noRequests();

    @Message
    String grant();

    @Message
    String decline();

    @Message
    String granted();

    @Message
    String declined();

    @Message
    String askedBy();

    @Message
    String why();

    @Message
    String wanted();

    @Message
    String builds();

    @Message
    String noBuilds();

    @Message
    String app();

    @Message
    String build();

    @Message
    String state();

    @Message
    String stateOf(String state);

    @Message
    String since();

    @Message
    String sites();

    @Message
    String site();

    @Message
    String kind();

    @Message
    String nodes();

    @Message
    String instances();

    @Message
    String tenants();

    @Message
    String tenant();

    @Message
    String plan();

    @Message
    String usual();

    @Message
    String apps();

    @Message
    String members();

    @Message
    String cpu();

    @Message
    String memory();

    @Message
    String plans();

    @Message
    String noPlans();

    @Message
    String limits();
}
