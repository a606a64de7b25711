package dev.slipway.platform.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.identity.TenantId;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.quota.QuotaLedger;
import dev.slipway.tenancy.quota.QuotaResource;
import dev.slipway.tenancy.quota.ReservationKey;
import dev.slipway.tenancy.tenant.Tenants;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What operators are told of the whole. */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class PlatformGlanceTest {
    @Inject
    TrialWorld world;

    @Inject
    Tenants tenants;

    @Inject
    QuotaLedger ledger;

    @Test
    void aTenantIsSeenWithWhatItHoldsAndMayHold() {
        Someone admin = world.someone(true);
        TenantName tenant = world.tenant();
        Someone owner = world.member(tenant, Role.OWNER);
        world.member(tenant, Role.VIEWER);
        given().header("Authorization", "Bearer " + owner.token())
                .contentType("application/json")
                .body("{\"name\":\"shop\"}")
                .post("/api/v1/tenants/" + tenant + "/apps")
                .then()
                .statusCode(201);
        TenantId id = tenants.find(tenant).orElseThrow().id();
        ledger.hold(id, Optional.empty(), ReservationKey.instance(UUID.randomUUID()), QuotaResource.CPU_MILLIS, 1_500);
        ledger.setLimit(TrialWorld.PLATFORM, tenant, QuotaResource.CPU_MILLIS, 6_000);
        String found = "find { it.tenant == '" + tenant + "' }.";
        given().header("Authorization", "Bearer " + admin.token())
                .get("/api/v1/platform/tenants")
                .then()
                .statusCode(200)
                .body(found + "apps", equalTo(1))
                .body(found + "members", equalTo(2))
                .body(found + "cpuUsed", equalTo(1_500))
                .body(found + "cpuLimit", equalTo(6_000))
                .body(found + "memoryUsed", equalTo(0))
                .body(found + "plan", equalTo(null));
    }

    @Test
    void whatThePlatformNeedsIsNamed() {
        Someone admin = world.someone(true);
        given().header("Authorization", "Bearer " + admin.token())
                .get("/api/v1/platform/health")
                .then()
                .statusCode(200)
                .body("name", hasItem("loops"))
                .body("find { it.name == 'loops' }.up", equalTo(true))
                .body("find { it.name == 'loops' }.data.leads", equalTo("true"));
        given().header("Authorization", "Bearer " + admin.token())
                .get("/api/v1/platform/builds")
                .then()
                .statusCode(200);
    }
}
