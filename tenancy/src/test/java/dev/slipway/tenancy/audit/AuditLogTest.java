package dev.slipway.tenancy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.store.Sql;
import dev.slipway.tenancy.store.StoreException;
import dev.slipway.tenancy.trial.TrialDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TrialDatabase.class)
class AuditLogTest {
    private static final String ACTOR = "person:ada";

    @Inject
    AuditLog audit;

    @Inject
    Sql sql;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_entry set actor = 'person:eve' where seq = ?",
                "update audit_entry set details = '{\"reason\": \"other\"}' where seq = ?",
                "update audit_entry set details = '[1]' where seq = ?",
                "update audit_entry set at = at + interval '1 microsecond' where seq = ?",
                "update audit_entry set outcome = 'DENIED' where seq = ?",
                "update audit_entry set tenant = 'other' where seq = ?",
                "update audit_entry set hash = decode(repeat('00', 32), 'hex') where seq = ?",
                "delete from audit_entry where seq = ?"
            })
    void anEditedRowIsFound(String edit) {
        TenantName tenant = freshTenant();
        for (int at = 0; at < 5; at++) {
            audit.append(entry(tenant, "test.act", "act " + at));
        }
        long victim = audit.search(AuditQuery.newest(5).withTenant(tenant))
                .entries()
                .get(2)
                .seq();
        assertThat(audit.verify()).isInstanceOf(ChainVerdict.Intact.class);

        ChainVerdict verdict = tampered(edit, victim, seq -> audit.verify());

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        ChainVerdict.Broken.class,
                        broken -> assertThat(broken.seq()).isEqualTo(victim));
        assertThat(audit.verify()).isInstanceOf(ChainVerdict.Intact.class);
    }

    @Test
    void aCutTailIsFound() {
        audit.append(entry(freshTenant(), "test.act", "the last"));
        long last = audit.search(AuditQuery.newest(1)).entries().getFirst().seq();

        ChainVerdict verdict = tampered("delete from audit_entry where seq = ?", last, seq -> audit.verify());

        assertThat(verdict).isInstanceOf(ChainVerdict.Broken.class);
    }

    @Test
    void theDatabaseItselfRefusesChanges() {
        audit.append(entry(freshTenant(), "test.act", "once"));

        assertThatThrownBy(() -> sql.update("update audit_entry set actor = 'person:eve'"))
                .isInstanceOf(StoreException.class)
                .hasStackTraceContaining("audit entries are never changed");
        assertThatThrownBy(() -> sql.update("delete from audit_entry")).isInstanceOf(StoreException.class);
    }

    @Test
    void anEntrySharesTheFateOfItsTransactionAndADenialDoesNot() {
        TenantName tenant = freshTenant();
        QuarkusTransaction.begin();
        audit.append(entry(tenant, "test.undone", "never happened"));
        audit.appendNow(entry(tenant, "test.denied", "tried"));
        QuarkusTransaction.rollback();
        QuarkusTransaction.requiringNew().run(() -> {
            audit.append(entry(tenant, "test.first", "1"));
            audit.append(entry(tenant, "test.second", "2"));
        });

        assertThat(audit.search(AuditQuery.newest(10).withTenant(tenant)).entries())
                .extracting(AuditRecord::action)
                .containsExactly("test.second", "test.first", "test.denied");
    }

    @Test
    void aChangeThatCannotBeRecordedDoesNotHappen() {
        UUID change = UUID.randomUUID();

        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    sql.update(
                            "insert into sign_in_failure (subject, failures, last_at) values (?, 0, now())",
                            change.toString());
                    sql.update("alter table audit_head rename to audit_head_away");
                    audit.append(entry(freshTenant(), "test.unrecorded", "x"));
                }))
                .isInstanceOf(RuntimeException.class);

        assertThat(sql.query(
                        "select subject from sign_in_failure where subject = ?",
                        row -> row.text("subject"),
                        change.toString()))
                .isEmpty();
        assertThat(audit.verify()).isInstanceOf(ChainVerdict.Intact.class);
    }

    @Test
    void manyWritersMakeOneChainWithoutGaps() throws Exception {
        TenantName tenant = freshTenant();
        List<Future<?>> work = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
            for (int at = 0; at < 200; at++) {
                work.add(threads.submit(() -> audit.append(entry(tenant, "test.race", "x"))));
            }
            for (Future<?> append : work) {
                append.get();
            }
        }
        assertThat(audit.search(AuditQuery.newest(500).withTenant(tenant)).entries())
                .hasSize(200);
        assertThat(audit.verify()).isInstanceOf(ChainVerdict.Intact.class);
    }

    @Test
    void aCursorWalksThroughEachEntryOnce() {
        TenantName tenant = freshTenant();
        for (int at = 0; at < 25; at++) {
            audit.append(entry(tenant, at % 2 == 0 ? "test.even" : "test.odd", Integer.toString(at)));
        }
        List<String> walked = new ArrayList<>();
        AuditQuery query =
                AuditQuery.newest(10).withTenant(tenant).withActor(ACTOR).withAction("test.");
        AuditPage page = audit.search(query);
        while (true) {
            page.entries().forEach(entry -> walked.add(entry.details().get("reason")));
            if (page.next().isEmpty()) {
                break;
            }
            page = audit.search(query.withBefore(page.next().get()));
        }
        assertThat(walked)
                .hasSize(25)
                .doesNotHaveDuplicates()
                .startsWith("24", "23")
                .endsWith("0");
        assertThat(audit.search(query.withAction("test.odd")).entries()).hasSize(10);
        assertThat(audit.search(query.withActor("person:eve")).entries()).isEmpty();
    }

    @Test
    void textsThatDatabasesDislikeAreChainedAsStored() {
        TenantName tenant = freshTenant();
        audit.append(entry(tenant, "test.odd", "nul \0 half \ud800 quote \" 中文 😀 " + "x".repeat(5_000)));

        assertThat(audit.verify()).isInstanceOf(ChainVerdict.Intact.class);
        assertThat(audit.search(AuditQuery.newest(1).withTenant(tenant))
                        .entries()
                        .getFirst()
                        .details()
                        .get("reason"))
                .startsWith("nul ? half ? quote \" 中文 😀 xxx")
                .hasSizeLessThanOrEqualTo(2_000);
    }

    /** Does something to the stored row, looks, and puts it back as it was. */
    private ChainVerdict tampered(String edit, long seq, LongFunction<ChainVerdict> look) {
        sql.update("create table kept as select * from audit_entry where seq = " + seq);
        sql.update("alter table audit_entry disable trigger audit_entry_stays");
        try {
            sql.update(edit, seq);
            return look.apply(seq);
        } finally {
            sql.update("delete from audit_entry where seq = ?", seq);
            sql.update("insert into audit_entry select * from kept");
            sql.update("drop table kept");
            sql.update("alter table audit_entry enable trigger audit_entry_stays");
        }
    }

    private static TenantName freshTenant() {
        return TenantName.of("x" + UUID.randomUUID().toString().substring(0, 8));
    }

    private static AuditEntry entry(TenantName tenant, String action, String reason) {
        return AuditEntry.done(ACTOR, action, AuditSubject.tenant(tenant), Map.of(AuditField.REASON, reason));
    }
}
