package dev.slipway.tenancy.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.tenancy.store.Sql;
import dev.slipway.tenancy.tenant.Tenant;
import dev.slipway.tenancy.trial.TrialDatabase;
import dev.slipway.tenancy.trial.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A hundred threads in three processes on one tenant, one of them killed in the midst of it. */
@QuarkusTest
@QuarkusTestResource(TrialDatabase.class)
class LedgerRaceTest {
    private static final long LIMIT = 17;
    private static final int THREADS = 34;
    private static final int CONNECTIONS = 6;
    private static final int MILLISECONDS = 4_000;

    @Inject
    World world;

    @Inject
    QuotaLedger ledger;

    @Inject
    Sql sql;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    private record Seen(long used, long reserved, long intended) {}

    @Test
    void neitherALimitIsExceededNorAReservationLeakedAlsoWhenAProcessIsKilled() throws Exception {
        Tenant tenant = world.tenant();
        ledger.setLimit(World.PLATFORM, tenant.name(), QuotaResource.INSTANCES, LIMIT);
        sql.update("create table if not exists trial_intent (id uuid primary key)");
        List<Process> processes = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            processes.add(process(tenant));
        }
        Process victim = processes.getFirst();
        long most = 0;
        long looks = 0;
        boolean killed = false;
        while (processes.stream().anyMatch(Process::isAlive)) {
            Seen seen = look(tenant);
            assertThat(seen.used()).isBetween(0L, LIMIT);
            assertThat(seen.reserved()).as("what is used is what is reserved").isEqualTo(seen.used());
            assertThat(seen.intended()).as("each reservation has its intent").isEqualTo(seen.used());
            most = Math.max(most, seen.used());
            looks++;
            if (!killed && most > 0 && looks > 200) {
                victim.destroyForcibly();
                killed = true;
            }
        }
        assertThat(killed).isTrue();
        assertThat(victim.waitFor(20, TimeUnit.SECONDS)).isTrue();
        for (Process process : processes.subList(1, 3)) {
            String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(told).isZero();
            assertThat(told).startsWith("made ");
        }
        Seen left = look(tenant);
        assertThat(left.reserved())
                .as("what the killed process held is still known")
                .isEqualTo(left.intended());
        sql.query("select id from trial_intent", row -> row.uuid("id")).forEach(this::reap);
        assertThat(look(tenant)).isEqualTo(new Seen(0, 0, 0));
    }

    /** As the reconciler does for instances whose process is gone. */
    private void reap(UUID id) {
        sql.update("delete from trial_intent where id = ?", id);
        ledger.release(ReservationKey.instance(id));
    }

    private Seen look(Tenant tenant) {
        return sql.first(
                        "select (select coalesce(sum(used), 0) from quota_usage where tenant_id = ? and resource = 'instances')"
                                + " as used, (select count(*) from quota_reservation where tenant_id = ?"
                                + " and resource = 'instances') as reserved, (select count(*) from trial_intent) as intended",
                        row -> new Seen(row.number("used"), row.number("reserved"), row.number("intended")),
                        tenant.id().value(),
                        tenant.id().value())
                .orElseThrow();
    }

    private Process process(Tenant tenant) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LedgerProcess.class.getName(),
                        url,
                        "postgres",
                        "postgres",
                        tenant.id().toString(),
                        Integer.toString(THREADS),
                        Integer.toString(CONNECTIONS),
                        Integer.toString(MILLISECONDS))
                .redirectErrorStream(true)
                .start();
    }
}
