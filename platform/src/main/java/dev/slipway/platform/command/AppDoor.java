package dev.slipway.platform.command;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.reconcile.Wakeup;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.audit.AuditEntry;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditSubject;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.UnknownNameException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Supplier;

/** The door every request about one app goes through, and the one shape of a change to it. */
@ApplicationScoped
class AppDoor {
    private final Authorizer authorizer;
    private final AppSettingsStore settings;
    private final AuditLog audit;
    private final Wakeup wakeup;

    AppDoor(Authorizer authorizer, AppSettingsStore settings, AuditLog audit, Wakeup wakeup) {
        this.authorizer = authorizer;
        this.settings = settings;
        this.audit = audit;
        this.wakeup = wakeup;
    }

    /**
     * Lets the principal in.
     *
     * @throws dev.slipway.tenancy.access.DeniedException when it may not; the denial is audited
     * @throws UnknownNameException when there is no such app
     */
    AppSettings enter(Principal principal, Permission permission, AppRef ref) {
        authorizer.require(principal, permission, Subject.of(ref));
        return settings.find(ref)
                .orElseThrow(() -> new UnknownNameException(
                        "app", ref.toString(), Subject.of(ref).unknown()));
    }

    boolean may(Principal principal, Permission permission, AppRef ref) {
        return authorizer.decide(principal, permission, Subject.of(ref)).allowed();
    }

    /** Makes a change in one transaction and, once it is committed, wakes who looks after the app. */
    <T> T change(AppId app, Supplier<T> change) {
        T result = QuarkusTransaction.requiringNew().call(change::get);
        wakeup.changed(app);
        return result;
    }

    /** Writes down what was done, in the transaction of the change. */
    void record(Principal principal, String action, AppRef ref, Map<AuditField, String> details) {
        audit.append(AuditEntry.done(principal.label(), action, AuditSubject.app(ref), details));
    }
}
