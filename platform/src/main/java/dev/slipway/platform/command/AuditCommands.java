package dev.slipway.platform.command;

import dev.slipway.platform.app.InvalidSettingException;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.audit.AuditLog;
import dev.slipway.tenancy.audit.AuditPage;
import dev.slipway.tenancy.audit.AuditQuery;
import dev.slipway.tenancy.audit.AuditRecord;
import dev.slipway.tenancy.audit.ChainVerdict;
import dev.slipway.tenancy.identity.TenantName;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Predicate;

/** The record of who did what: searched, exported, and proved to be whole. */
@ApplicationScoped
public class AuditCommands {
    private static final int BATCH = 1_000;

    private final Authorizer authorizer;
    private final AuditLog audit;

    AuditCommands(Authorizer authorizer, AuditLog audit) {
        this.authorizer = authorizer;
        this.audit = audit;
    }

    /**
     * What to look for; empty parts match everything.
     *
     * @param tenant without it, the whole installation's record, which is for operators
     * @param actor for example {@code person:ada}
     * @param action a whole action, or its beginning up to a dot
     * @param from earliest time, ISO 8601
     * @param to latest time, left out
     */
    public record AuditFilter(
            Optional<TenantName> tenant,
            Optional<String> actor,
            Optional<String> action,
            Optional<String> from,
            Optional<String> to) {}

    /**
     * Whether the record is as it was written.
     *
     * @param entries how many there are, or the place of the first that does not fit
     * @param headHash of the last entry; to be kept elsewhere, it proves later that nothing before it was changed
     */
    public record AuditVerdict(boolean intact, long entries, Optional<String> headHash, Optional<String> reason) {}

    /** A page of what matches, newest first. */
    public Page<AuditRecord> search(Principal principal, AuditFilter filter, Optional<String> cursor, int limit) {
        enter(principal, filter);
        AuditQuery query = query(filter, new PageRequest(Integer.MAX_VALUE, limit).limit());
        AuditPage found = audit.search(
                cursor.map(AuditCommands::place).map(query::withBefore).orElse(query));
        return new Page<>(found.entries(), found.next().map(String::valueOf));
    }

    /** Gives all that matches to the sink, newest first, until it wants no more. Looks whether it may before the first. */
    public Export export(Principal principal, AuditFilter filter) {
        enter(principal, filter);
        AuditQuery query = query(filter, BATCH);
        return sink -> {
            Optional<Long> before = Optional.empty();
            do {
                AuditPage page = audit.search(before.map(query::withBefore).orElse(query));
                for (AuditRecord entry : page.entries()) {
                    if (!sink.test(entry)) {
                        return;
                    }
                }
                before = page.next();
            } while (before.isPresent());
        };
    }

    /** An export that was allowed. */
    @FunctionalInterface
    public interface Export {
        /** Runs it; the sink says whether it wants more. */
        void to(Predicate<AuditRecord> sink);
    }

    /** Recomputes the whole chain of hashes. */
    public AuditVerdict verify(Principal principal) {
        authorizer.require(principal, Permission.PLATFORM_OPERATE, Subject.platform());
        return switch (audit.verify()) {
            case ChainVerdict.Intact whole ->
                new AuditVerdict(true, whole.entries(), Optional.of(whole.headHash()), Optional.empty());
            case ChainVerdict.Broken broken ->
                new AuditVerdict(false, broken.seq(), Optional.empty(), Optional.of(broken.why()));
        };
    }

    private void enter(Principal principal, AuditFilter filter) {
        if (filter.tenant().isPresent()) {
            authorizer.require(
                    principal,
                    Permission.TENANT_AUDIT,
                    Subject.of(filter.tenant().get()));
        } else {
            authorizer.require(principal, Permission.PLATFORM_OPERATE, Subject.platform());
        }
    }

    private static AuditQuery query(AuditFilter filter, int limit) {
        return new AuditQuery(
                filter.tenant(),
                filter.actor(),
                filter.action(),
                filter.from().map(AuditCommands::time),
                filter.to().map(AuditCommands::time),
                Optional.empty(),
                limit);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidSettingException("'" + text + "' is no time: write it like 2026-11-25T18:00:00Z");
        }
    }

    private static long place(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new InvalidSettingException("The cursor is not one that this list gave; begin without one.");
        }
    }
}
