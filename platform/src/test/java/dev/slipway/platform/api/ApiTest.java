package dev.slipway.platform.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class ApiTest {
    private static final String PROBLEM = "application/problem+json";
    private static final Set<String> PAGED = Set.of("listBuilds", "listDeployments", "listReleases", "listAudit");

    @Inject
    TrialWorld world;

    @Inject
    ObjectMapper mapper;

    private static RequestSpecification as(Someone someone) {
        return given().header("Authorization", "Bearer " + someone.token()).contentType("application/json");
    }

    private static void problem(ValidatableResponse response, int status, String code) {
        response.statusCode(status)
                .contentType(startsWith(PROBLEM))
                .body("code", equalTo(code))
                .body("status", equalTo(status))
                .body("detail", not(nullValue()));
    }

    @Test
    void anOperatorMakesATenantAndAnAppOnce() {
        Someone admin = world.someone(true);
        String name = world.tenant().value() + "x";
        as(admin)
                .body(Map.of("name", name))
                .post("/api/v1/tenants")
                .then()
                .statusCode(201)
                .body("tenant", equalTo(name));
        problem(as(admin).body(Map.of("name", name)).post("/api/v1/tenants").then(), 409, "name-taken");
        as(admin)
                .body(Map.of("name", "hello"))
                .post("/api/v1/tenants/" + name + "/apps")
                .then()
                .statusCode(201)
                .body("app", equalTo(name + "/hello"))
                .body("state", equalTo("new"))
                .body("url", containsString("hello--" + name));
        problem(
                as(admin)
                        .body(Map.of("name", "hello"))
                        .post("/api/v1/tenants/" + name + "/apps")
                        .then(),
                409,
                "name-taken");
        as(admin).get("/api/v1/tenants").then().statusCode(200).body("tenant", hasItem(name));
        as(admin)
                .get("/api/v1/tenants/" + name + "/apps")
                .then()
                .statusCode(200)
                .body("app", hasItem(name + "/hello"));
    }

    @Test
    void whatOneMayNotKnowAnswersAsIfItWereNotThere() {
        TenantName tenant = world.tenant();
        Someone owner = world.member(tenant, Role.OWNER);
        Someone stranger = world.someone(false);
        as(owner)
                .body("{\"name\":\"shop\"}")
                .post("/api/v1/tenants/" + tenant + "/apps")
                .then()
                .statusCode(201);

        String hidden = as(stranger)
                .get("/api/v1/tenants/" + tenant + "/apps/shop")
                .then()
                .statusCode(404)
                .extract()
                .asString();
        String absent = as(stranger)
                .get("/api/v1/tenants/nonesuch/apps/shop")
                .then()
                .statusCode(404)
                .extract()
                .asString();
        assertThat(hidden.replace(tenant.value(), "nonesuch")).isEqualTo(absent);
    }

    @Test
    void whatOneMayKnowButNotDoIsDenied() {
        TenantName tenant = world.tenant();
        Someone viewer = world.member(tenant, Role.VIEWER);
        problem(
                as(viewer)
                        .body("{\"name\":\"shop\"}")
                        .post("/api/v1/tenants/" + tenant + "/apps")
                        .then(),
                403,
                "denied");
        problem(as(viewer).get("/api/v1/tenants/" + tenant + "/audit").then(), 403, "denied");
    }

    @Test
    void badInputIsRefusedWithItsField() {
        Someone admin = world.someone(true);
        problem(as(admin).body("{\"name\":").post("/api/v1/tenants").then(), 400, "invalid-json");
        problem(as(admin).body("").post("/api/v1/tenants").then(), 400, "invalid-json");
        problem(
                as(admin).body("{\"nam\":\"x\"}").post("/api/v1/tenants").then().body("field", equalTo("nam")),
                400,
                "invalid-field");
        problem(
                as(admin).body("{}").post("/api/v1/tenants").then().body("field", equalTo("name")),
                400,
                "invalid-field");
        problem(
                as(admin)
                        .body("{\"name\":\"../x\"}")
                        .post("/api/v1/tenants")
                        .then()
                        .body("field", equalTo("name")),
                400,
                "invalid-name");
        problem(
                as(admin).get("/api/v1/tenants/BAD_NAME/apps").then().body("field", equalTo("tenant")),
                400,
                "invalid-name");
        problem(as(admin).get("/api/v1/tenants/a/apps/b/releases?limit=x").then(), 400, "invalid-field");
    }

    @Test
    void wrongPathsMethodsAndMediaTypesAreProblemsToo() {
        Someone admin = world.someone(true);
        problem(as(admin).get("/api/v1/nonesuch").then(), 404, "unknown-name");
        problem(as(admin).get("/api/v1/me/nonesuch").then(), 404, "unknown-name");
        problem(as(admin).delete("/api/v1/tenants").then(), 405, "method-not-allowed");
        problem(
                given().header("Authorization", "Bearer " + admin.token())
                        .contentType("text/plain")
                        .body("x")
                        .post("/api/v1/tenants")
                        .then(),
                415,
                "unsupported-media-type");
    }

    @Test
    void configIsChangedByNameAndNeverAudited() {
        TenantName tenant = world.tenant();
        Someone owner = world.member(tenant, Role.OWNER);
        String app = "/api/v1/tenants/" + tenant + "/apps/shop";
        as(owner)
                .body("{\"name\":\"shop\"}")
                .post("/api/v1/tenants/" + tenant + "/apps")
                .then()
                .statusCode(201);

        as(owner)
                .body("{\"SECRET\":\"s3cr3t-value\",\"OTHER\":\"x\"}")
                .patch(app + "/config")
                .then()
                .statusCode(202)
                .body("set", equalTo(java.util.List.of("OTHER", "SECRET")))
                .body("rolling", nullValue());
        as(owner)
                .body("{\"OTHER\":null}")
                .patch(app + "/config")
                .then()
                .statusCode(202)
                .body("unset[0]", equalTo("OTHER"));
        as(owner)
                .get(app + "/config")
                .then()
                .statusCode(200)
                .body("SECRET", equalTo("s3cr3t-value"))
                .body("OTHER", nullValue());
        problem(as(owner).body("{\"1BAD\":\"x\"}").patch(app + "/config").then(), 400, "invalid-setting");
        problem(as(owner).body("{\"PORT\":\"1\"}").patch(app + "/config").then(), 400, "invalid-setting");

        as(owner)
                .get("/api/v1/tenants/" + tenant + "/audit")
                .then()
                .statusCode(200)
                .body("items.action", hasItem("config.change"))
                .body(containsString("SECRET"))
                .body(not(containsString("s3cr3t-value")));
    }

    @Test
    void aPersonLooksAfterTokens() {
        Someone ada = world.someone(false);
        as(ada).get("/api/v1/me")
                .then()
                .statusCode(200)
                .body("name", equalTo(ada.name().value()))
                .body("kind", equalTo("person"));
        var made = as(ada).body("{\"name\":\"laptop\",\"scopes\":[\"read\"],\"days\":1}")
                .post("/api/v1/me/tokens")
                .then()
                .statusCode(201)
                .body("token", startsWith("slp_"))
                .extract();
        String token = made.path("token");
        String id = made.path("facts.id");
        given().header("Authorization", "Bearer " + token)
                .get("/api/v1/me")
                .then()
                .statusCode(200);
        as(ada).delete("/api/v1/me/tokens/" + id).then().statusCode(204);
        problem(
                given().header("Authorization", "Bearer " + token)
                        .get("/api/v1/me")
                        .then(),
                401,
                "unauthenticated");
        problem(as(ada).body("{\"key\":\"nonsense\"}").post("/api/v1/me/keys").then(), 400, "invalid-name");
        problem(
                as(ada).body("{\"name\":\"x\",\"scopes\":[\"everything\"]}")
                        .post("/api/v1/me/tokens")
                        .then(),
                400,
                "invalid-name");
    }

    @Test
    void everyOperationIsDescribedOnceAndWantsAToken() throws Exception {
        JsonNode description = mapper.readTree(given().accept("application/json")
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asString());
        Set<String> operations = new HashSet<>();
        for (var path : description.get("paths").properties()) {
            assertThat(path.getKey()).startsWith("/api/v1/");
            String address = path.getKey().replaceAll("\\{[a-z]+}", "x1");
            for (var operation : path.getValue().properties()) {
                if (operation.getKey().equals("parameters")) {
                    continue;
                }
                String method = operation.getKey().toUpperCase();
                JsonNode id = operation.getValue().get("operationId");
                assertThat(id).as(method + " " + path.getKey()).isNotNull();
                assertThat(operations.add(id.asText()))
                        .as("one operation " + id)
                        .isTrue();
                JsonNode answers = operation.getValue().get("responses");
                assertThat(answers.at("/default/content/application~1problem+json/schema/$ref")
                                .asText())
                        .as("the problems of " + id)
                        .endsWith("/Problem");
                if (PAGED.contains(id.asText())) {
                    assertThat(operation.getValue().findValuesAsText("name"))
                            .as("the parameters of " + id)
                            .contains("cursor", "limit");
                }
                if (path.getKey().startsWith("/api/v1/sign-in")) {
                    continue;
                }
                ValidatableResponse answer = given().contentType("application/json")
                        .accept(
                                "application/json, text/plain, text/event-stream, application/x-ndjson, application/problem+json")
                        .body("{}")
                        .request(method, address)
                        .then();
                answer.statusCode(401)
                        .contentType(startsWith(PROBLEM))
                        .header("WWW-Authenticate", startsWith("Bearer"));
            }
        }
        assertThat(operations)
                .contains("createTenant", "createApp", "changeConfig", "scale", "run", "rollback", "createToken");
        assertThat(operations.size()).isGreaterThan(35);
        assertThat(operations).containsAll(PAGED);
    }

    @Test
    void wrongTokensAreTurnedAwayAfterAWhileAndRightOnesNever() {
        Someone someone = world.someone(false);
        ValidatableResponse wrong = wrongToken();
        for (int attempt = 0; attempt < 60 && wrong.extract().statusCode() == 401; attempt++) {
            wrong = wrongToken();
        }
        problem(wrong, 429, "too-many-attempts");
        wrong.header("Retry-After", not(nullValue()));
        as(someone).get("/api/v1/me").then().statusCode(200);
        TrialWorld.until(
                "the address is let in again", () -> wrongToken().extract().statusCode() == 401);
    }

    private static ValidatableResponse wrongToken() {
        return given().header("Authorization", "Bearer slp_wrong")
                .get("/api/v1/me")
                .then();
    }
}
