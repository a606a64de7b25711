package dev.slipway.platform.api;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.platform.command.AccessTable;
import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.tenancy.identity.TenantName;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Walks every operation of the API's own description as everybody, and compares with {@code access/route-role.txt}. */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class RouteMatrixTest {
    private static final Map<String, String> PARTS = Map.of(
            "app", "shop",
            "resource", "instances",
            "process", "web",
            "plan", "team",
            "domain", "shop.example.com",
            "release", "v1",
            "person", "nobody");

    @Inject
    TrialWorld world;

    @Inject
    AccessTable table;

    @Inject
    ObjectMapper mapper;

    @Test
    void everyRouteOpensForThoseOnlyWhomTheTableNames() throws Exception {
        JsonNode description = mapper.readTree(
                given().accept("application/json").get("/q/openapi?format=json").asString());
        SortedMap<String, List<String>> found = new TreeMap<>();
        for (var path : description.get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                boolean open = path.getKey().startsWith("/api/v1/sign-in");
                if (path.getKey().startsWith("/api/v1/")
                        && !open
                        && operation.getValue().has("operationId")) {
                    String method = operation.getKey().toUpperCase(Locale.ROOT);
                    found.put(method + " " + path.getKey(), answers(method, path.getKey(), operation.getValue()));
                }
            }
        }
        AccessTable.check("route-role.txt", found);
    }

    private List<String> answers(String method, String path, JsonNode operation) throws Exception {
        TenantName tenant = world.tenant();
        Map<String, Someone> everybody = table.everybody(tenant);
        List<String> answers = new ArrayList<>();
        for (String role : AccessTable.ROLES) {
            // Made anew where the one before may have taken it away.
            given().header(
                            "Authorization",
                            "Bearer " + everybody.get("operator").token())
                    .contentType("application/json")
                    .body("{\"name\":\"shop\"}")
                    .post("/api/v1/tenants/" + tenant + "/apps");
            table.letIn(tenant, everybody.get("guest"));
            answers.add(answer(everybody.get(role), method, address(path, tenant), body(operation)));
        }
        return answers;
    }

    private String answer(Someone someone, String method, String address, String body) {
        long before = table.denials(someone);
        int status = given().header("Authorization", "Bearer " + someone.token())
                .contentType("application/json")
                .accept("application/json, text/plain;q=0.9, application/x-ndjson;q=0.8, text/event-stream;q=0.1")
                .body(body)
                .request(method, address)
                .statusCode();
        boolean denied = table.denials(someone) > before;
        return !denied ? "yes" : status == 403 ? "no" : status == 404 ? "hidden" : "denied-" + status;
    }

    private static String address(String path, TenantName tenant) {
        String address = path.replace("{tenant}", tenant.value());
        for (Map.Entry<String, String> part : PARTS.entrySet()) {
            address = address.replace("{" + part.getKey() + "}", part.getValue());
        }
        return address.replaceAll("\\{(build|deployment)}", "1")
                .replaceAll("\\{[a-z]+}", UUID.randomUUID().toString());
    }

    /** The example that the description gives: a body that is taken, so that it is the door that answers. */
    private static String body(JsonNode operation) {
        JsonNode example = operation.at("/requestBody/content/application~1json/examples/usual/value");
        return example.isMissingNode() ? "" : example.isTextual() ? example.asText() : example.toString();
    }
}
