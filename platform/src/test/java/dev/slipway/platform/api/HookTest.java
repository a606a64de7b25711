package dev.slipway.platform.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.platform.source.Hmac;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.identity.TenantName;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A code host tells of pushes: once, and only if it knows the secret. The host that is fetched from is not there. */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class HookTest {
    private static final String COMMIT = "3f2c1ab3f2c1ab3f2c1ab3f2c1ab3f2c1ab3f2c1";

    @Inject
    TrialWorld world;

    private Someone ada;
    private String source;
    private String hook;
    private String secret;

    @BeforeEach
    void start() {
        TenantName tenant = world.tenant();
        ada = world.member(tenant, Role.DEVELOPER);
        as().body("{\"name\":\"shop\"}")
                .post("/api/v1/tenants/" + tenant + "/apps")
                .then()
                .statusCode(201);
        source = "/api/v1/tenants/" + tenant + "/apps/shop/source";
        as().get(source).then().statusCode(404);
        set("gitea");
    }

    private void set(String host) {
        var made = as().body("{\"host\":\"" + host
                        + "\",\"url\":\"http://127.0.0.1:1/acme/shop.git\",\"password\":\"p4ss\"}")
                .put(source)
                .then()
                .statusCode(200)
                .extract();
        secret = made.path("secret");
        hook = made.path("facts.hook");
    }

    private RequestSpecification as() {
        return given().header("Authorization", "Bearer " + ada.token()).contentType("application/json");
    }

    private static String body(String branch) {
        return "{\"ref\":\"refs/heads/" + branch + "\",\"after\":\"" + COMMIT + "\",\"id\":\"" + UUID.randomUUID()
                + "\"}";
    }

    private ValidatableResponse tell(String body, String signature) {
        return given().contentType("application/json")
                .header("X-Gitea-Event", "push")
                .header("X-Gitea-Delivery", UUID.randomUUID().toString())
                .header("X-Gitea-Signature", signature)
                .body(body)
                .post(hook)
                .then();
    }

    @Test
    void aPushIsTakenOnceAndItsEndIsShown() {
        String body = body("main");
        tell(body, Hmac.hex(body, secret)).statusCode(202).body("message", containsString("3f2c1ab"));
        tell(body, Hmac.hex(body, secret)).statusCode(409).body("detail", containsString("told before"));
        TrialWorld.until(
                "the pull has failed",
                () -> "failed".equals(as().get(source).then().extract().path("pulls[0].state")));
        as().get(source)
                .then()
                .body("pulls.size()", equalTo(1))
                .body("pulls[0].commit", equalTo(COMMIT))
                .body("pulls[0].reason", containsString("fetching failed"));
        assertThat(as().get(source).asString()).doesNotContain(secret, "p4ss");
    }

    @Test
    void whoDoesNotKnowTheSecretMovesNothing() {
        String body = body("main");
        tell(body, Hmac.hex(body, "guess")).statusCode(401);
        tell(body, "").statusCode(401);
        String before = secret;
        set("gitea");
        tell(body, Hmac.hex(body, before)).statusCode(401);
        String there = hook;
        hook = "/hooks/" + UUID.randomUUID();
        tell(body, Hmac.hex(body, secret)).statusCode(401);
        hook = "/hooks/nothing";
        tell(body, Hmac.hex(body, secret)).statusCode(401);
        hook = there;
        as().get(source).then().body("pulls.size()", equalTo(0));
    }

    @Test
    void otherBranchesLeadToNothing() {
        String body = body("side");
        tell(body, Hmac.hex(body, secret)).statusCode(200).body("message", containsString("Only main"));
        as().get(source).then().body("pulls.size()", equalTo(0));
    }

    @Test
    void aTokenIsEnoughForGitLabAndGoesWithTheSource() {
        set("gitlab");
        String body = body("main");
        given().header("X-Gitlab-Event", "Push Hook")
                .header("X-Gitlab-Token", secret)
                .body(body)
                .post(hook)
                .then()
                .statusCode(202);
        as().delete(source).then().statusCode(204);
        given().header("X-Gitlab-Event", "Push Hook")
                .header("X-Gitlab-Token", secret)
                .body(body("main"))
                .post(hook)
                .then()
                .statusCode(401);
    }
}
