package dev.slipway.platform.demand;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import dev.slipway.platform.app.ProcessLimits;
import dev.slipway.platform.command.ProcessCommands;
import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.platform.command.WasteCommands;
import dev.slipway.platform.command.WasteCommands.WasteFacts;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.app.Apps;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.store.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What runs is looked at, and what is wasted can be given back. */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class WasteTest {
    private static final long MB = 1L << 20;

    @Inject
    TrialWorld world;

    @Inject
    Apps apps;

    @Inject
    WasteCommands waste;

    @Inject
    ProcessCommands processes;

    @Inject
    DemandLoop loop;

    @Inject
    Sql sql;

    private AppRef shop(TenantName tenant, Someone owner) {
        given().header("Authorization", "Bearer " + owner.token())
                .contentType("application/json")
                .body("{\"name\":\"shop\"}")
                .post("/api/v1/tenants/" + tenant + "/apps")
                .then()
                .statusCode(201);
        return AppRef.of(tenant + "/shop");
    }

    private void looked(AppRef ref, String measure, long value, int samples) {
        sql.update(
                "insert into demand_sample (app_id, process, measure, day, bucket, samples)"
                        + " values (?, 'web', ?, (now() at time zone 'UTC')::date, ?, ?)",
                apps.find(ref).orElseThrow().id().value(),
                measure,
                Histogram.bucket(value),
                samples);
    }

    @Test
    void aHealthyInstanceIsLookedAt() {
        TenantName tenant = world.releasableTenant();
        Someone owner = world.member(tenant, Role.OWNER);
        AppRef ref = shop(tenant, owner);
        world.release(ref);
        processes.scale(owner.principal(), ref, Map.of("worker", 1));
        AppId app = apps.find(ref).orElseThrow().id();
        TrialWorld.until("two looks at a healthy instance", () -> {
            loop.look();
            return !sql.query(
                            "select bucket from demand_sample where app_id = ? and process = 'worker'"
                                    + " and measure = 'memory_bytes' and bucket = " + Histogram.bucket(MB),
                            row -> row.number("bucket"),
                            app.value())
                    .isEmpty();
        });
    }

    @Test
    void whatWouldFitIsProposedAndAppliedOnceToWhatWasSeen() {
        TenantName tenant = world.tenant();
        Someone owner = world.member(tenant, Role.OWNER);
        AppRef ref = shop(tenant, owner);
        looked(ref, "cpu_millis", 40, 5_000);
        looked(ref, "memory_bytes", 60 * MB, 5_000);
        given().header("Authorization", "Bearer " + owner.token())
                .get("/api/v1/tenants/" + tenant + "/usage/waste")
                .then()
                .statusCode(200)
                .body("[0].app", equalTo("shop"))
                .body("[0].process", equalTo("web"))
                .body("[0].asked.memoryBytes", equalTo((int) (256 * MB)))
                .body("[0].better.memoryBytes", equalTo((int) (80 * MB)));
        WasteFacts facts = waste.report(owner.principal(), tenant).getFirst();
        ProcessLimits better = facts.better().orElseThrow();
        waste.apply(owner.principal(), ref, "web", facts.asked(), better);
        assertThat(processes.limits(owner.principal(), ref).get("web")).isEqualTo(better);
        assertThat(waste.report(owner.principal(), tenant).getFirst().better()).isEmpty();
        assertThatThrownBy(() -> waste.apply(owner.principal(), ref, "web", facts.asked(), better))
                .isInstanceOf(NotPossibleException.class)
                .hasMessageContaining("Nothing was changed");
    }
}
