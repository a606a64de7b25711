package dev.slipway.platform.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.identity.TenantName;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is read has a tag, and a change can be bound to it. */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class ConditionalRequestsTest {
    @Inject
    TrialWorld world;

    private static RequestSpecification as(Someone someone) {
        return given().header("Authorization", "Bearer " + someone.token()).contentType("application/json");
    }

    private static void problem(ValidatableResponse answer, int status, String code) {
        answer.statusCode(status)
                .contentType(startsWith("application/problem+json"))
                .body("code", equalTo(code));
    }

    private static String tag(Someone someone, String path) {
        return as(someone).get(path).then().statusCode(200).extract().header("ETag");
    }

    private String shop(Someone owner, TenantName tenant) {
        as(owner)
                .body(Map.of("name", "shop"))
                .post("/api/v1/tenants/" + tenant + "/apps")
                .then()
                .statusCode(201);
        return "/api/v1/tenants/" + tenant + "/apps/shop";
    }

    @Test
    void aTagChangesWithTheContentAndOnlyThen() {
        TenantName tenant = world.tenant();
        Someone owner = world.member(tenant, Role.OWNER);
        String config = shop(owner, tenant) + "/config";
        String empty = tag(owner, config);
        as(owner).body("{\"A\":\"1\"}").patch(config).then().statusCode(202);
        String one = tag(owner, config);
        assertThat(one).isNotEqualTo(empty).matches("\"[A-Za-z0-9_-]{22}\"");
        assertThat(tag(owner, config)).isEqualTo(one);
        as(owner)
                .header("If-None-Match", "\"other\", W/" + one)
                .get(config)
                .then()
                .statusCode(304)
                .header("ETag", one)
                .body(equalTo(""));
        as(owner)
                .header("If-None-Match", empty)
                .get(config)
                .then()
                .statusCode(200)
                .body("A", equalTo("1"));
        as(owner).body("{\"A\":null}").patch(config).then().statusCode(202);
        assertThat(tag(owner, config)).isEqualTo(empty);
    }

    @Test
    void aChangeIsMadeOnlyOfWhatWasSeen() {
        TenantName tenant = world.tenant();
        Someone owner = world.member(tenant, Role.OWNER);
        String app = shop(owner, tenant);
        String seen = tag(owner, app + "/config");
        as(owner)
                .header("If-Match", seen)
                .body("{\"A\":\"1\"}")
                .patch(app + "/config")
                .then()
                .statusCode(202);
        String now = tag(owner, app + "/config");
        problem(
                as(owner)
                        .header("If-Match", seen)
                        .body("{\"A\":\"2\"}")
                        .patch(app + "/config")
                        .then()
                        .body("detail", containsString(now)),
                412,
                "changed-meanwhile");
        problem(
                as(owner)
                        .header("If-Match", "W/" + now)
                        .body("{\"A\":\"2\"}")
                        .patch(app + "/config")
                        .then(),
                412,
                "changed-meanwhile");
        as(owner).get(app + "/config").then().body("A", equalTo("1"));

        String formation = tag(owner, app + "/formation");
        as(owner)
                .header("If-Match", formation)
                .body("{\"web\":2}")
                .patch(app + "/formation")
                .then()
                .statusCode(200);
        as(owner).get(app + "/formation").then().body("web", equalTo(2));
        problem(
                as(owner)
                        .header("If-Match", formation)
                        .body("{\"web\":3}")
                        .patch(app + "/formation")
                        .then(),
                412,
                "changed-meanwhile");

        String limits = tag(owner, app + "/limits");
        as(owner)
                .header("If-Match", "*")
                .body("{\"web\":{\"cpuMillis\":500}}")
                .patch(app + "/limits")
                .then()
                .statusCode(202);
        as(owner).get(app + "/limits").then().body("web.cpuMillis", equalTo(500));
        problem(
                as(owner)
                        .header("If-Match", limits)
                        .body("{\"web\":{\"cpuMillis\":600}}")
                        .patch(app + "/limits")
                        .then(),
                412,
                "changed-meanwhile");

        problem(
                as(owner)
                        .header("If-Match", "\"seen-long-ago\"")
                        .delete(app + "?confirm=shop")
                        .then(),
                412,
                "changed-meanwhile");
        String whole = tag(owner, app);
        as(owner).header("If-Match", whole).delete(app + "?confirm=shop").then().statusCode(204);
    }

    @Test
    void ofManyWhoSawTheSameOneChangesIt() throws Exception {
        TenantName tenant = world.tenant();
        Someone owner = world.member(tenant, Role.OWNER);
        String config = shop(owner, tenant) + "/config";
        String seen = tag(owner, config);
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> asked = new ArrayList<>();
            for (int number = 0; number < 8; number++) {
                String body = "{\"WINNER\":\"" + number + "\"}";
                asked.add(crowd.submit(() -> as(owner)
                        .header("If-Match", seen)
                        .body(body)
                        .patch(config)
                        .statusCode()));
            }
            for (Future<Integer> answer : asked) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).containsOnlyOnce(202);
        assertThat(answers.stream().filter(status -> status == 412)).hasSize(7);
    }

    @Test
    void aWholeIsReplacedOnlyByThoseWhoSayWhatTheySaw() {
        Someone admin = world.someone(true);
        String plan = "/api/v1/plans/p" + world.tenant();
        as(admin)
                .header("If-None-Match", "*")
                .body("{\"limits\":{\"instances\":20}}")
                .put(plan)
                .then()
                .statusCode(204);
        problem(
                as(admin)
                        .header("If-None-Match", "*")
                        .body("{\"limits\":{\"instances\":30}}")
                        .put(plan)
                        .then(),
                412,
                "changed-meanwhile");
        problem(as(admin).body("{\"limits\":{\"instances\":30}}").put(plan).then(), 428, "precondition-required");
        String seen = tag(admin, plan);
        as(admin)
                .header("If-Match", seen)
                .body("{\"limits\":{\"instances\":30}}")
                .put(plan)
                .then()
                .statusCode(204);
        problem(as(admin).header("If-Match", seen).delete(plan).then(), 412, "changed-meanwhile");
        as(admin).header("If-Match", tag(admin, plan)).delete(plan).then().statusCode(204);
        problem(as(admin).header("If-Match", seen).delete(plan).then(), 412, "changed-meanwhile");
        problem(as(admin).get(plan).then(), 404, "unknown-name");
    }

    @Test
    void aConditionThatNobodyLooksAtIsRefused() {
        TenantName tenant = world.tenant();
        Someone owner = world.member(tenant, Role.OWNER);
        String app = shop(owner, tenant);
        problem(
                as(owner).header("If-Match", "\"x\"").post(app + "/stop").then().body("field", equalTo("If-Match")),
                400,
                "invalid-field");
    }
}
