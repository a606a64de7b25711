package dev.slipway.platform.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.identity.TenantName;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A request with a key is carried out once, however often it is sent. */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class RepeatedRequestsTest {
    private static final String WANTED = "{\"name\":\"ci\",\"scopes\":[\"read\"],\"days\":1}";

    @Inject
    TrialWorld world;

    @Inject
    EntityManager rows;

    private static RequestSpecification as(Someone someone, String key) {
        return given().header("Authorization", "Bearer " + someone.token())
                .header("Idempotency-Key", key)
                .contentType("application/json");
    }

    private static void tokens(Someone ada, int count) {
        given().header("Authorization", "Bearer " + ada.token())
                .get("/api/v1/me/tokens")
                .then()
                .body("findAll { it.name == 'ci' }", hasSize(count));
    }

    private void alter(String change, String key) {
        QuarkusTransaction.requiringNew()
                .run(() -> rows.createNativeQuery("update api_answer set " + change + " where key = :key")
                        .setParameter("key", key)
                        .executeUpdate());
    }

    @Test
    void aRepetitionGetsTheSameAnswerAndDoesNothing() {
        Someone ada = world.someone(false);
        String key = UUID.randomUUID().toString();
        Response first = as(ada, key).body(WANTED).post("/api/v1/me/tokens");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.header("Idempotency-Replayed")).isNull();
        Response again = as(ada, key).body(WANTED).post("/api/v1/me/tokens");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.contentType()).startsWith("application/json");
        assertThat(again.asString()).isEqualTo(first.asString());
        tokens(ada, 1);

        byte[] kept = (byte[]) QuarkusTransaction.requiringNew()
                .call(() -> rows.createNativeQuery("select body from api_answer where key = :key", byte[].class)
                        .setParameter("key", key)
                        .getSingleResult());
        String token = first.jsonPath().getString("token");
        assertThat(new String(kept, StandardCharsets.ISO_8859_1))
                .as("a token is not to be read in the database")
                .doesNotContain(token);
    }

    @Test
    void anotherRequestWithTheKeyIsRefused() {
        Someone ada = world.someone(false);
        String key = UUID.randomUUID().toString();
        as(ada, key).body(WANTED).post("/api/v1/me/tokens").then().statusCode(201);
        as(ada, key)
                .body(WANTED.replace("read", "deploy"))
                .post("/api/v1/me/tokens")
                .then()
                .statusCode(422)
                .contentType(startsWith("application/problem+json"))
                .body("code", equalTo("key-reused"));
        as(ada, key).body(WANTED).post("/api/v1/me/keys").then().statusCode(422).body("code", equalTo("key-reused"));
        tokens(ada, 1);
        // Keys are each caller's own.
        as(world.someone(false), key)
                .body(WANTED)
                .post("/api/v1/me/tokens")
                .then()
                .statusCode(201);
    }

    @Test
    void aRefusedRequestLeavesItsKeyFree() {
        TenantName tenant = world.tenant();
        Someone viewer = world.member(tenant, Role.VIEWER);
        String key = UUID.randomUUID().toString();
        String apps = "/api/v1/tenants/" + tenant + "/apps";
        as(viewer, key).body("{\"name\":\"shop\"}").post(apps).then().statusCode(403);
        world.promote(tenant, viewer, Role.DEVELOPER);
        as(viewer, key)
                .body("{\"name\":\"shop\"}")
                .post(apps)
                .then()
                .statusCode(201)
                .body("app", equalTo(tenant + "/shop"));
    }

    @Test
    void ofManyAtOnceOneIsCarriedOut() throws Exception {
        Someone ada = world.someone(false);
        String key = UUID.randomUUID().toString();
        List<Response> answers = new ArrayList<>();
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> asked = new ArrayList<>();
            for (int number = 0; number < 8; number++) {
                asked.add(crowd.submit(() -> as(ada, key).body(WANTED).post("/api/v1/me/tokens")));
            }
            for (Future<Response> answer : asked) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isIn(201, 409));
        assertThat(answers.stream()
                        .filter(answer -> answer.statusCode() == 201)
                        .map(Response::asString)
                        .distinct())
                .hasSize(1);
        tokens(ada, 1);
    }

    @Test
    void aRequestWhoseProcessWasLostIsCarriedOutAgainAfterAWhile() {
        Someone ada = world.someone(false);
        String key = UUID.randomUUID().toString();
        as(ada, key).body(WANTED).post("/api/v1/me/tokens").then().statusCode(201);
        alter("status = null, body = null", key);
        as(ada, key)
                .body(WANTED)
                .post("/api/v1/me/tokens")
                .then()
                .statusCode(409)
                .header("Retry-After", equalTo("1"))
                .body("code", equalTo("still-running"));
        alter("begun_at = begun_at - interval '16 minutes'", key);
        as(ada, key).body(WANTED).post("/api/v1/me/tokens").then().statusCode(201);
        tokens(ada, 2);
    }

    @Test
    void aKeyIsFreeAgainAfterADay() {
        Someone ada = world.someone(false);
        String key = UUID.randomUUID().toString();
        as(ada, key).body(WANTED).post("/api/v1/me/tokens").then().statusCode(201);
        alter("begun_at = begun_at - interval '25 hours'", key);
        Response later = as(ada, key).body(WANTED.replace("ci", "later")).post("/api/v1/me/tokens");
        assertThat(later.statusCode()).isEqualTo(201);
        assertThat(later.header("Idempotency-Replayed")).isNull();
    }

    @Test
    void anAnswerWithoutABodyIsRepeatedToo() {
        TenantName tenant = world.tenant();
        Someone owner = world.member(tenant, Role.OWNER);
        given().header("Authorization", "Bearer " + owner.token())
                .contentType("application/json")
                .body("{\"name\":\"shop\"}")
                .post("/api/v1/tenants/" + tenant + "/apps")
                .then()
                .statusCode(201);
        String stop = "/api/v1/tenants/" + tenant + "/apps/shop/stop";
        String key = UUID.randomUUID().toString();
        as(owner, key).post(stop).then().statusCode(204);
        as(owner, key).post(stop).then().statusCode(204).header("Idempotency-Replayed", equalTo("true"));
    }

    @Test
    void whatIsTooLargeToBeToldApartIsRefusedRatherThanCutOff() {
        TenantName tenant = world.tenant();
        Someone owner = world.member(tenant, Role.OWNER);
        given().header("Authorization", "Bearer " + owner.token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType("application/octet-stream")
                .body(new byte[9 << 20])
                .post("/api/v1/tenants/" + tenant + "/apps/shop/images")
                .then()
                .statusCode(413)
                .body("code", equalTo("too-large"));
    }

    @Test
    void aKeyThatIsNoneIsRefused() {
        Someone ada = world.someone(false);
        as(ada, "two words")
                .body(WANTED)
                .post("/api/v1/me/tokens")
                .then()
                .statusCode(400)
                .body("field", equalTo("Idempotency-Key"));
        as(ada, "x".repeat(256)).body(WANTED).post("/api/v1/me/tokens").then().statusCode(400);
        tokens(ada, 0);
    }
}
