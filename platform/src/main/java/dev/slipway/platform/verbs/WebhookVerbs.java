package dev.slipway.platform.verbs;

import dev.slipway.platform.command.EventCommands;
import dev.slipway.platform.command.Page;
import dev.slipway.platform.command.TenantCommands;
import dev.slipway.platform.command.WebhookCommands;
import dev.slipway.platform.command.WebhookCommands.DeliveryFacts;
import dev.slipway.platform.command.WebhookCommands.NewWebhook;
import dev.slipway.platform.command.WebhookCommands.WebhookFacts;
import dev.slipway.platform.event.TenantEvent;
import dev.slipway.tenancy.identity.TenantName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code webhooks…} and {@code events}: what happens in a tenant, and who is told. */
@ApplicationScoped
class WebhookVerbs implements VerbGroup {
    private final TenantCommands tenants;
    private final WebhookCommands webhooks;
    private final EventCommands events;

    WebhookVerbs(TenantCommands tenants, WebhookCommands webhooks, EventCommands events) {
        this.tenants = tenants;
        this.webhooks = webhooks;
        this.events = events;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(All::new, Add::new, Remove::new, Deliveries::new, Replay::new, Events::new);
    }

    @Command(
            name = "webhooks",
            description = "Show who is told of what happens in a tenant.",
            footer = Verb.SSH + "webhooks -t acme")
    private final class All extends TenantVerb {
        All() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            List<WebhookFacts> all = webhooks.list(call.principal(), name);
            if (json) {
                call.console().value(all);
                return DONE;
            }
            Table table = new Table("id", "address", "events", "made by");
            all.forEach(hook ->
                    table.row(hook.id(), hook.url(), hook.kinds().isEmpty() ? "all" : hook.kinds(), hook.createdBy()));
            call.console().table(table, "None yet.");
            return DONE;
        }
    }

    @Command(
            name = "webhooks:add",
            description = "Let an address be told of events by signed requests.",
            footer = Verb.SSH + "webhooks:add -t acme https://example.com/hook deployment.")
    private final class Add extends TenantVerb {
        @Parameters(index = "0", paramLabel = "ADDRESS", description = "http or https.")
        String address;

        @Parameters(
                index = "1..*",
                paramLabel = "EVENT",
                arity = "0..*",
                description = "Only these, such as deployment.done, or deployment. for all of deployments.")
        List<String> kinds = List.of();

        Add() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            NewWebhook made = webhooks.add(call.principal(), name, address, Set.copyOf(kinds));
            if (json) {
                call.console().value(made);
            } else {
                call.console().line("Webhook " + made.facts().id() + " is told. Its secret, shown this once:");
                call.console().line(made.secret());
            }
            return DONE;
        }
    }

    @Command(
            name = "webhooks:remove",
            description = "Remove a webhook.",
            footer = Verb.SSH + "webhooks:remove -t acme 6f1c2b7e-3c55-4c0e-9f7e-0d3a8b1c2d4e")
    private final class Remove extends TenantVerb {
        @Parameters(paramLabel = "ID", description = "As webhooks shows it.")
        String id;

        Remove() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            webhooks.remove(call.principal(), name, id);
            return DONE;
        }
    }

    @Command(
            name = "webhooks:log",
            description = "Show how the newest deliveries of a webhook went.",
            footer = Verb.SSH + "webhooks:log -t acme 6f1c2b7e-3c55-4c0e-9f7e-0d3a8b1c2d4e")
    private final class Deliveries extends TenantVerb {
        @Parameters(paramLabel = "ID", description = "As webhooks shows it.")
        String id;

        Deliveries() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            List<DeliveryFacts> all = webhooks.deliveries(call.principal(), name, id);
            if (json) {
                call.console().value(all);
                return DONE;
            }
            Table table = new Table("id", "event", "state", "attempts", "last", "next", "because");
            all.forEach(each -> table.row(
                    each.id(),
                    each.kind(),
                    each.state(),
                    each.attempts(),
                    each.attemptedAt(),
                    each.next(),
                    each.reason()));
            call.console().table(table, "None yet.");
            return DONE;
        }
    }

    @Command(
            name = "webhooks:replay",
            description = "Make a delivery again, whatever became of it.",
            footer = Verb.SSH + "webhooks:replay -t acme 0b7a6c5d-1e2f-4a3b-8c9d-0e1f2a3b4c5d")
    private final class Replay extends TenantVerb {
        @Parameters(paramLabel = "DELIVERY", description = "As webhooks:log shows it.")
        String delivery;

        Replay() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            webhooks.replay(call.principal(), name, delivery);
            return DONE;
        }
    }

    @Command(
            name = "events",
            description = "Show what happened in a tenant, the oldest first, and with -f what comes.",
            footer = Verb.SSH + "events -t acme -f")
    private final class Events extends TenantVerb {
        @Option(names = "-f", description = "Show also what comes, until you stop it.")
        boolean follow;

        @Option(names = "-n", paramLabel = "N", defaultValue = "50", description = "How many to show; 50 if not said.")
        int limit;

        @Option(names = "--after", paramLabel = "ID", description = "Only those after this one.")
        @Nullable
        String after;

        Events() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) throws InterruptedException {
            if (follow) {
                events.follow(call.principal(), name, Optional.ofNullable(after))
                        .to(event -> {
                            show(call.console(), event);
                            return true;
                        });
                return DONE;
            }
            Page<TenantEvent> page = events.list(call.principal(), name, Optional.ofNullable(after), limit);
            if (json) {
                call.console().value(page);
            } else {
                page.items().forEach(event -> show(call.console(), event));
                page.next().ifPresent(next -> call.console().line("Later ones: --after " + next));
            }
            return DONE;
        }

        private void show(Console console, TenantEvent event) {
            if (json) {
                console.value(event);
            } else {
                console.line(Table.text(event.at()) + "  " + event.kind() + "  "
                        + event.app().orElse("-") + "  " + Table.text(event.data()));
            }
        }
    }
}
