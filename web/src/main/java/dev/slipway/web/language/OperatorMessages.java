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

    @Message
    String newPlan();

    @Message
    String planExplained();

    @Message
    String planHeldBy(long tenants);

    @Message
    String name();

    @Message
    String amounts();

    @Message
    String define();

    @Message
    String change();

    @Message
    String give();

    @Message
    String removePlan();

    @Message
    String readAgain();

    @Message
    String typeTheName(String name);

    @Message
    String planDefined(String name);

    @Message
    String planRemoved(String name);

    @Message
    String planGiven(String tenant, String plan);

    @Message
    String planChangedMeanwhile();

    @Message
    String people();

    @Message
    String peopleExplained();

    @Message
    String operator();

    @Message
    String createPerson();

    @Message
    String signsInBy();

    @Message
    String byPassword();

    @Message
    String byOthers();

    @Message
    String active();

    @Message
    String disabled();

    @Message
    String yes();

    @Message
    String newPassword();

    @Message
    String enable();

    @Message
    String disable();

    @Message
    String passwordOnce(String name);

    @Message
    String personDisabled(String name);

    @Message
    String personEnabled(String name);
}
