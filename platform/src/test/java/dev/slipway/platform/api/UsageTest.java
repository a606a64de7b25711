package dev.slipway.platform.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

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
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Usage over time as the API tells it; that it is exact is tenancy's test. */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class UsageTest {
    @Inject
    TrialWorld world;

    @Inject
    Tenants tenants;

    @Inject
    QuotaLedger ledger;

    private static RequestSpecification as(Someone someone) {
        return given().header("Authorization", "Bearer " + someone.token());
    }

    @Test
    void whatIsHeldIsToldByAppByDayAndAsAFile() {
        TenantName tenant = world.tenant();
        Someone viewer = world.member(tenant, Role.VIEWER);
        String usage = "/api/v1/tenants/" + tenant + "/usage";
        as(viewer).get(usage).then().statusCode(200).body("lines", equalTo(List.of()));
        TenantId id = tenants.find(tenant).orElseThrow().id();
        ReservationKey build = ReservationKey.build(UUID.randomUUID());
        ledger.hold(id, Optional.empty(), build, QuotaResource.BUILD_MINUTES, 3);
        ledger.hold(id, Optional.empty(), build, QuotaResource.MEMORY_BYTES, 1L << 40);
        TrialWorld.until(
                "a terabyte that is held for a moment is told",
                () -> as(viewer).get(usage).path("lines.resource").toString().contains("memory_bytes"));

        as(viewer)
                .get(usage + "?by=app,day")
                .then()
                .statusCode(200)
                .body("tenant", equalTo(tenant.value()))
                .body("lines.resource", hasItem("build_minutes"))
                .body("lines.find { it.resource == 'build_minutes' }.amount", equalTo(3))
                .body("lines.find { it.resource == 'build_minutes' }.unit", equalTo("minutes"))
                .body("lines.find { it.resource == 'memory_bytes' }.unit", equalTo("GB-hours"));
        String csv = as(viewer)
                .accept("text/csv")
                .get(usage + "?by=day")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .extract()
                .asString();
        assertThat(csv).startsWith("tenant,app,day,resource,amount,unit\r\n");
        assertThat(csv.lines().skip(1))
                .anyMatch(line -> line.matches(tenant + ",,\\d{4}-\\d\\d-\\d\\d,build_minutes,3,minutes"));
    }

    @Test
    void daysThatCannotBeAreRefused() {
        TenantName tenant = world.tenant();
        Someone viewer = world.member(tenant, Role.VIEWER);
        for (String query : List.of(
                "from=yesterday", "from=2026-03-02&to=2026-03-01", "from=2020-01-01&to=2026-01-01", "by=colour")) {
            as(viewer)
                    .get("/api/v1/tenants/" + tenant + "/usage?" + query)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("invalid-setting"));
        }
    }
}
