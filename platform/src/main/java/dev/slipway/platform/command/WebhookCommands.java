package dev.slipway.platform.command;

import dev.slipway.platform.app.InvalidSettingException;
import dev.slipway.platform.webhook.Delivery;
import dev.slipway.platform.webhook.HookAddress;
import dev.slipway.platform.webhook.Webhook;
import dev.slipway.platform.webhook.Webhooks;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.audit.AuditEntry;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditSubject;
import dev.slipway.tenancy.identity.TenantId;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.tenant.Tenants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** A tenant's webhooks: who is told of what, and how that went. For those who look after its tokens. */
@ApplicationScoped
public class WebhookCommands {
    /** The events there are; those of deployments and builds are their states. */
    public static final Set<String> KINDS = Set.copyOf(List.of(
            "deployment.pending",
            "deployment.releasing",
            "deployment.placing",
            "deployment.checking",
            "deployment.switching",
            "deployment.draining",
            "deployment.returning",
            "deployment.withdrawing",
            "deployment.done",
            "deployment.rolled_back",
            "deployment.cancelled",
            "build.queued",
            "build.running",
            "build.succeeded",
            "build.failed",
            "build.cancelled",
            "build.timed_out",
            "quota.notice",
            "quota.set"));

    private static final int DELIVERIES_TOLD = 50;

    private final Authorizer authorizer;
    private final Tenants tenants;
    private final Webhooks webhooks;
    private final AuditLog audit;

    WebhookCommands(Authorizer authorizer, Tenants tenants, Webhooks webhooks, AuditLog audit) {
        this.authorizer = authorizer;
        this.tenants = tenants;
        this.webhooks = webhooks;
        this.audit = audit;
    }

    /**
     * A webhook without its secret.
     *
     * @param kinds of events; empty for all
     */
    public record WebhookFacts(String id, String url, List<String> kinds, Instant createdAt, String createdBy) {
        static WebhookFacts of(Webhook webhook) {
            return new WebhookFacts(
                    webhook.id().toString(),
                    webhook.url().toString(),
                    List.copyOf(webhook.kinds()),
                    webhook.createdAt(),
                    webhook.createdBy());
        }
    }

    /** A new webhook and what its requests are signed with, which is told this once. */
    public record NewWebhook(String secret, WebhookFacts facts) {
        @Override
        public String toString() {
            return "NewWebhook[" + facts.id() + "]";
        }
    }

    /**
     * One event on its way.
     *
     * @param state {@code waiting}, {@code delivered} or {@code given_up}
     * @param next when it is tried again
     * @param status of the last answer
     * @param reason why the last attempt failed
     */
    public record DeliveryFacts(
            String id,
            String kind,
            String state,
            int attempts,
            Optional<Instant> next,
            Optional<Instant> attemptedAt,
            Optional<Integer> status,
            Optional<String> reason) {
        static DeliveryFacts of(Delivery delivery) {
            return new DeliveryFacts(
                    delivery.id().toString(),
                    delivery.kind(),
                    delivery.state(),
                    delivery.attempts(),
                    Optional.of(delivery.dueAt()).filter(due -> delivery.state().equals("waiting")),
                    delivery.attemptedAt(),
                    delivery.status(),
                    delivery.reason());
        }
    }

    public List<WebhookFacts> list(Principal principal, TenantName tenant) {
        return webhooks.of(enter(principal, tenant)).stream()
                .map(WebhookFacts::of)
                .toList();
    }

    /**
     * Adds a webhook.
     *
     * @param kinds of events, or their beginning up to a dot ({@code deployment.}); empty for all
     */
    public NewWebhook add(Principal principal, TenantName tenant, String url, Set<String> kinds) {
        TenantId id = enter(principal, tenant);
        HookAddress address = HookAddress.parse(url);
        Set<String> wanted = wanted(kinds);
        return QuarkusTransaction.requiringNew().call(() -> {
            Webhooks.Made made = webhooks.add(id, address, wanted, principal.label());
            record(
                    principal,
                    tenant,
                    "webhook.add",
                    made.webhook().id(),
                    address.uri().getHost());
            return new NewWebhook(made.secret().text(), WebhookFacts.of(made.webhook()));
        });
    }

    public void remove(Principal principal, TenantName tenant, String id) {
        TenantId where = enter(principal, tenant);
        Webhook webhook = found(where, id);
        QuarkusTransaction.requiringNew().run(() -> {
            webhooks.remove(where, webhook.id());
            record(
                    principal,
                    tenant,
                    "webhook.remove",
                    webhook.id(),
                    String.valueOf(webhook.url().getHost()));
        });
    }

    /** The newest deliveries first. */
    public List<DeliveryFacts> deliveries(Principal principal, TenantName tenant, String id) {
        Webhook webhook = found(enter(principal, tenant), id);
        return webhooks.deliveries(webhook.id(), DELIVERIES_TOLD).stream()
                .map(DeliveryFacts::of)
                .toList();
    }

    /** Lets a delivery be made again at once, whatever became of it. */
    public void replay(Principal principal, TenantName tenant, String delivery) {
        TenantId where = enter(principal, tenant);
        QuarkusTransaction.requiringNew().run(() -> {
            Webhook webhook = webhooks.replay(where, uuid("delivery", delivery))
                    .orElseThrow(() -> new UnknownNameException(
                            "delivery", delivery, "There is no such delivery: webhooks:log lists them."));
            record(
                    principal,
                    tenant,
                    "webhook.replay",
                    webhook.id(),
                    String.valueOf(webhook.url().getHost()));
        });
    }

    private static Set<String> wanted(Set<String> kinds) {
        Set<String> wanted = new TreeSet<>();
        for (String kind : kinds) {
            Set<String> meant = new TreeSet<>();
            KINDS.stream()
                    .filter(known -> known.equals(kind) || (kind.endsWith(".") && known.startsWith(kind)))
                    .forEach(meant::add);
            if (meant.isEmpty()) {
                throw new InvalidSettingException("There is no event \"" + kind + "\"; there are "
                        + String.join(", ", new TreeSet<>(KINDS)) + ".");
            }
            wanted.addAll(meant);
        }
        return wanted;
    }

    private Webhook found(TenantId tenant, String id) {
        return webhooks.find(tenant, uuid("webhook", id))
                .orElseThrow(() ->
                        new UnknownNameException("webhook", id, "There is no such webhook: webhooks lists them."));
    }

    private static UUID uuid(String what, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new UnknownNameException(what, text, "There is no such " + what + ".");
        }
    }

    private TenantId enter(Principal principal, TenantName tenant) {
        authorizer.require(principal, Permission.TENANT_TOKENS, Subject.of(tenant));
        return tenants.find(tenant)
                .orElseThrow(() -> new UnknownNameException(
                        "tenant", tenant.value(), Subject.of(tenant).unknown()))
                .id();
    }

    private void record(Principal principal, TenantName tenant, String action, UUID id, String host) {
        audit.append(AuditEntry.done(
                principal.label(),
                action,
                AuditSubject.tenant(tenant),
                Map.of(AuditField.NAME, id.toString(), AuditField.ADDRESS, host)));
    }
}
