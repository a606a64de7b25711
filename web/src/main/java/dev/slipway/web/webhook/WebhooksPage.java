package dev.slipway.web.webhook;

import dev.slipway.platform.command.WebhookCommands.DeliveryFacts;
import dev.slipway.platform.command.WebhookCommands.NewWebhook;
import dev.slipway.platform.command.WebhookCommands.WebhookFacts;
import dev.slipway.web.page.Frame;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/**
 * A tenant's webhooks.
 *
 * @param made the one that was just made; its secret is on this page only, which no link leads to
 * @param kinds the events to choose from
 */
@CheckedTemplate(basePath = "webhook", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
record WebhooksPage(Frame frame, String tenant, List<Row> webhooks, Optional<NewWebhook> made, List<String> kinds)
        implements TemplateInstance {
    /** A webhook with its newest deliveries. */
    record Row(WebhookFacts facts, List<DeliveryFacts> deliveries) {}
}
