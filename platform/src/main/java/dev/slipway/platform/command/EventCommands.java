package dev.slipway.platform.command;

import dev.slipway.platform.event.EventPlace;
import dev.slipway.platform.event.TenantEvent;
import dev.slipway.platform.event.TenantEvents;
import dev.slipway.platform.loop.Pause;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.identity.TenantId;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What happens in a tenant, as it happens. */
@ApplicationScoped
public class EventCommands {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int AT_ONCE = 100;

    private final Authorizer authorizer;
    private final Tenants tenants;
    private final TenantEvents events;
    private final StandingGuard guard;
    private final Pause pause;

    EventCommands(Authorizer authorizer, Tenants tenants, TenantEvents events, StandingGuard guard, Pause pause) {
        this.authorizer = authorizer;
        this.tenants = tenants;
        this.events = events;
        this.guard = guard;
        this.pause = pause;
    }

    /** Tells each event as it comes, until no more is wanted. */
    @FunctionalInterface
    public interface Following {
        void to(Predicate<TenantEvent> sink) throws InterruptedException;
    }

    /** A page, the oldest first; its cursor is the id of its last one, also where that is the newest there is. */
    public Page<TenantEvent> list(Principal principal, TenantName tenant, Optional<String> after, int limit) {
        TenantId id = enter(principal, tenant);
        int most = new PageRequest(Integer.MAX_VALUE, limit).limit();
        List<TenantEvent> found = events.after(id, after.map(EventPlace::parse).orElse(EventPlace.BEGIN), most);
        return new Page<>(
                found, found.isEmpty() ? after : Optional.of(found.getLast().id()));
    }

    /** Those after a place, or those to come. */
    public Following follow(Principal principal, TenantName tenant, Optional<String> after) {
        TenantId id = enter(principal, tenant);
        EventPlace begin = after.map(EventPlace::parse).orElseGet(() -> events.end(id));
        return sink -> follow(principal, tenant, id, begin, sink);
    }

    private void follow(
            Principal principal, TenantName tenant, TenantId id, EventPlace begin, Predicate<TenantEvent> sink)
            throws InterruptedException {
        guard.during(principal, Permission.TENANT_VIEW, Subject.of(tenant), () -> {
            EventPlace place = begin;
            while (true) {
                List<TenantEvent> found = events.after(id, place, AT_ONCE);
                for (TenantEvent event : found) {
                    if (!sink.test(event)) {
                        return;
                    }
                    place = EventPlace.parse(event.id());
                }
                if (found.size() < AT_ONCE) {
                    pause.pause(LOOK_EVERY);
                }
            }
        });
    }

    private TenantId enter(Principal principal, TenantName tenant) {
        authorizer.require(principal, Permission.TENANT_VIEW, Subject.of(tenant));
        return tenants.find(tenant)
                .orElseThrow(() -> new UnknownNameException(
                        "tenant", tenant.value(), Subject.of(tenant).unknown()))
                .id();
    }
}
