package dev.slipway.tenancy.access;

import dev.slipway.tenancy.audit.AuditSubject;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.UserId;

/** What is asked about. */
public sealed interface Subject {
    /** The same thing as the audit names it. */
    AuditSubject audited();

    /** What to say to someone who may not know whether it exists. */
    String unknown();

    /** A tenant, or all its apps together. */
    record OfTenant(TenantName tenant) implements Subject {
        @Override
        public AuditSubject audited() {
            return AuditSubject.tenant(tenant);
        }

        @Override
        public String unknown() {
            return "There is no tenant " + tenant + ", or you may not see it.";
        }
    }

    /** One app. */
    record OfApp(AppRef app) implements Subject {
        @Override
        public AuditSubject audited() {
            return AuditSubject.app(app);
        }

        @Override
        public String unknown() {
            return "There is no app " + app + ", or you may not see it.";
        }
    }

    /** The account of a person. */
    record OfPerson(UserId person) implements Subject {
        @Override
        public AuditSubject audited() {
            return AuditSubject.account(person.toString());
        }

        @Override
        public String unknown() {
            return "There is no such person, or you may not see them.";
        }
    }

    /** The installation as a whole. */
    record OfPlatform() implements Subject {
        @Override
        public AuditSubject audited() {
            return AuditSubject.platform();
        }

        @Override
        public String unknown() {
            return "Only platform operators may do that.";
        }
    }

    static Subject of(TenantName tenant) {
        return new OfTenant(tenant);
    }

    static Subject of(AppRef app) {
        return new OfApp(app);
    }

    static Subject of(UserId person) {
        return new OfPerson(person);
    }

    static Subject platform() {
        return new OfPlatform();
    }
}
