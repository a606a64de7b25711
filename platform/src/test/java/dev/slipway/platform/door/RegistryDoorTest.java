package dev.slipway.platform.door;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.repository.Registry;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.tenant.Tenants;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who gets into the registry by tenancy, with a token as the password. */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class RegistryDoorTest {
    @Inject
    TrialWorld world;

    @Inject
    Tenants tenants;

    @Inject
    Registry registry;

    private TenantName tenant;
    private Someone owner;
    private String shop;

    @BeforeEach
    void makeAnApp() {
        tenant = world.tenant();
        owner = world.member(tenant, Role.OWNER);
        shop = tenant + "/shop";
        app(owner, tenant);
    }

    private static void app(Someone someone, TenantName tenant) {
        given().header("Authorization", "Bearer " + someone.token())
                .contentType("application/json")
                .body(Map.of("name", "shop"))
                .post("/api/v1/tenants/" + tenant + "/apps")
                .then()
                .statusCode(201);
    }

    private static RequestSpecification as(Someone someone) {
        return given().auth().preemptive().basic("any", someone.token());
    }

    private Digest layer(String content) {
        Descriptor blob = registry.blobs().write(MediaType.OCI_LAYER, content.getBytes());
        registry.linkBlob(RepositoryName.parse(shop), blob.digest());
        return blob.digest();
    }

    private static String uploads(String repository) {
        return "/v2/" + repository + "/blobs/uploads/";
    }

    @Test
    void rolesSayWhoPullsAndWhoPushes() {
        String blob = "/v2/" + shop + "/blobs/" + layer("of " + shop);
        Someone developer = world.member(tenant, Role.DEVELOPER);
        Someone viewer = world.member(tenant, Role.VIEWER);
        Someone stranger = world.member(world.tenant(), Role.OWNER);
        as(developer).get(blob).then().statusCode(200);
        as(developer).post(uploads(shop)).then().statusCode(202);
        as(viewer).get(blob).then().statusCode(200);
        as(viewer).post(uploads(shop)).then().statusCode(403).body("errors[0].code", equalTo("DENIED"));
        as(stranger).get(blob).then().statusCode(404).body("errors[0].code", equalTo("NAME_UNKNOWN"));
        as(stranger).post(uploads(shop)).then().statusCode(404);
        given().get(blob).then().statusCode(401).header("WWW-Authenticate", notNullValue());
        as(owner).get("/v2/_catalog").then().statusCode(403);
        as(world.someone(true)).get("/v2/_catalog").then().statusCode(200);
    }

    @Test
    void aTokenIsGoodForWhatItsHolderMayAndNoMore() {
        String blob = "/v2/" + shop + "/blobs/" + layer("more of " + shop);
        Someone viewer = world.member(tenant, Role.VIEWER);
        String token = as(viewer)
                .get("/v2/token?scope=repository:" + shop + ":pull,push,delete")
                .then()
                .statusCode(200)
                .body("scope", equalTo("repository:" + shop + ":pull"))
                .extract()
                .path("token");
        given().auth().oauth2(token).get(blob).then().statusCode(200);
        given().auth().oauth2(token).post(uploads(shop)).then().statusCode(401);
        given().auth().oauth2(token).delete(blob).then().statusCode(401);
    }

    @Test
    void nothingIsMountedOutOfATenantThatOneMayNotPullFrom() {
        Digest layer = layer("secret of " + shop);
        TenantName other = world.tenant();
        Someone stranger = world.member(other, Role.OWNER);
        app(stranger, other);
        String mount = uploads(other + "/shop") + "?mount=" + layer + "&from=" + shop;
        as(stranger).post(mount).then().statusCode(202);
        as(stranger).head("/v2/" + other + "/shop/blobs/" + layer).then().statusCode(404);
        tenants.addMember(TrialWorld.PLATFORM, tenant, stranger.name(), Role.VIEWER);
        as(stranger).post(mount).then().statusCode(201);
        as(stranger).head("/v2/" + other + "/shop/blobs/" + layer).then().statusCode(200);
    }

    @Test
    void wrongPasswordsAreCountedByTheOneMeasureOfAllDoors() {
        int status = 401;
        for (int attempt = 0; attempt < 60 && status == 401; attempt++) {
            status = given().auth()
                    .preemptive()
                    .basic("any", "slp_wrong")
                    .get("/v2/token")
                    .statusCode();
        }
        assertThat(status).isEqualTo(429);
        given().header("Authorization", "Bearer slp_wrong")
                .get("/api/v1/me")
                .then()
                .statusCode(429);
        as(owner).get("/v2/token").then().statusCode(200);
        TrialWorld.until(
                "the address is let in again",
                () -> given().auth()
                                .preemptive()
                                .basic("any", "slp_wrong")
                                .get("/v2/token")
                                .statusCode()
                        == 401);
    }
}
