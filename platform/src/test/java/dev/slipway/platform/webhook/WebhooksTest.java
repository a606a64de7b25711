package dev.slipway.platform.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.platform.event.EventPlace;
import dev.slipway.platform.event.TenantEvent;
import dev.slipway.platform.event.TenantEvents;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantId;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.store.Sql;
import dev.slipway.tenancy.tenant.Tenants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever wants to hear of a tenant's events does, signed, until they have taken it. */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class WebhooksTest {
    @Inject
    TrialWorld world;

    @Inject
    Tenants tenants;

    @Inject
    TenantEvents events;

    @Inject
    Sql sql;

    /** What a receiver got. */
    record Heard(String id, String time, String signature, String kind, String body) {}

    private final ConcurrentLinkedQueue<Heard> heard = new ConcurrentLinkedQueue<>();
    private IntUnaryOperator status = number -> 204;
    private HttpServer receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            heard.add(heard(exchange));
            int answer = status.applyAsInt(heard.size());
            if (answer == 302) {
                exchange.getResponseHeaders().add("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        receiver.createContext("/elsewhere", exchange -> {
            heard.add(new Heard("followed", "", "", "", ""));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void hangUp() {
        receiver.stop(0);
    }

    private static Heard heard(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        return new Heard(
                headers.getFirst("webhook-id"),
                headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"),
                headers.getFirst("Slipway-Event"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static RequestSpecification as(Someone someone) {
        return given().header("Authorization", "Bearer " + someone.token()).contentType("application/json");
    }

    private String url() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    }

    private static Response add(Someone owner, TenantName tenant, String url, String... kinds) {
        return as(owner)
                .body(Map.of("url", url, "kinds", List.of(kinds)))
                .post("/api/v1/tenants/" + tenant + "/webhooks")
                .then()
                .statusCode(201)
                .extract()
                .response();
    }

    private void happens(TenantName tenant, String kind) {
        happens(tenants.find(tenant).orElseThrow().id(), kind);
    }

    private void happens(TenantId tenant, String kind) {
        sql.query(
                "select tell_tenant(?, 'shop', ?, now(), '{\"n\": 1}')::text as told", row -> 1, tenant.value(), kind);
    }

    private static String deliveries(TenantName tenant, Response hook) {
        return "/api/v1/tenants/" + tenant + "/webhooks/" + hook.path("facts.id") + "/deliveries";
    }

    private static void until(Someone owner, String deliveries, String state) {
        TrialWorld.until(
                "the delivery is " + state,
                () -> state.equals(as(owner).get(deliveries).path("[0].state")));
    }

    @Test
    void aDeploymentIsToldToThoseWhoWantItAndSigned() throws Exception {
        TenantName tenant = world.releasableTenant();
        Someone owner = world.member(tenant, Role.OWNER);
        as(owner)
                .body("{\"name\":\"shop\"}")
                .post("/api/v1/tenants/" + tenant + "/apps")
                .then()
                .statusCode(201);
        Response hook = add(owner, tenant, url(), "deployment.done", "build.");
        world.release(AppRef.of(tenant + "/shop"));
        TrialWorld.until("it is told", () -> !heard.isEmpty());

        Heard one = heard.peek();
        assertThat(one.kind()).isEqualTo("deployment.done");
        assertThat(one.body()).contains("\"type\":\"deployment.done\"", "\"app\":\"shop\"", "\"release\":\"v1\"");
        String secret = hook.path("secret");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        byte[] signed = mac.doFinal((one.id() + "." + one.time() + "." + one.body()).getBytes(StandardCharsets.UTF_8));
        assertThat(one.signature()).isEqualTo("v1," + Base64.getEncoder().encodeToString(signed));

        until(owner, deliveries(tenant, hook), "delivered");
        assertThat(heard).hasSize(1);
        List<String> kinds = as(owner)
                .get("/api/v1/tenants/" + tenant + "/events")
                .then()
                .statusCode(200)
                .extract()
                .path("items.kind");
        assertThat(kinds)
                .containsSubsequence(
                        "deployment.pending",
                        "deployment.releasing",
                        "deployment.placing",
                        "deployment.checking",
                        "deployment.switching",
                        "deployment.draining",
                        "deployment.done");
    }

    @Test
    void whatIsNotTakenIsToldAgainUnderTheSameId() {
        TenantName tenant = world.tenant();
        Someone owner = world.member(tenant, Role.OWNER);
        status = number -> number < 3 ? 500 : 200;
        Response hook = add(owner, tenant, url());
        happens(tenant, "deployment.done");
        until(owner, deliveries(tenant, hook), "delivered");
        assertThat(heard).hasSize(3);
        assertThat(heard.stream().map(Heard::id).distinct()).hasSize(1);
        as(owner)
                .get(deliveries(tenant, hook))
                .then()
                .body("[0].attempts", equalTo(3))
                .body("[0].status", equalTo(200));
    }

    @Test
    void whatIsGivenUpCanBeReplayed() {
        TenantName tenant = world.tenant();
        Someone owner = world.member(tenant, Role.OWNER);
        status = number -> number <= 4 ? 302 : 200;
        Response hook = add(owner, tenant, url());
        happens(tenant, "quota.notice");
        until(owner, deliveries(tenant, hook), "given_up");
        as(owner)
                .get(deliveries(tenant, hook))
                .then()
                .body("[0].attempts", equalTo(4))
                .body("[0].reason", containsString("302"));
        assertThat(heard.stream().map(Heard::id))
                .as("redirects are not followed")
                .doesNotContain("followed");
        String delivery = as(owner).get(deliveries(tenant, hook)).path("[0].id");
        as(owner)
                .post("/api/v1/tenants/" + tenant + "/webhooks/deliveries/" + delivery + "/replay")
                .then()
                .statusCode(202);
        until(owner, deliveries(tenant, hook), "delivered");
        assertThat(heard.stream().map(Heard::id).distinct()).containsExactly(delivery);
    }

    @Test
    void theMachineItselfIsNotReachedByAnyName() {
        TenantName tenant = world.tenant();
        Someone owner = world.member(tenant, Role.OWNER);
        int port = receiver.getAddress().getPort();
        // The trial allows 127.0.0.1 alone.
        for (String host : List.of("[::1]", "127.0.0.2", "0.0.0.0", "169.254.169.254", "[::ffff:10.0.0.1]")) {
            Response hook = add(owner, tenant, "http://" + host + ":" + port + "/hook", "build.failed");
            happens(tenant, "build.failed");
            until(owner, deliveries(tenant, hook), "given_up");
            as(owner).get(deliveries(tenant, hook)).then().body("[0].reason", containsString("not public"));
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void anotherTenantIsNotTold() {
        TenantName one = world.tenant();
        TenantName other = world.tenant();
        Someone owner = world.member(one, Role.OWNER);
        Response hook = add(owner, one, url());
        happens(other, "deployment.done");
        happens(one, "build.failed");
        until(owner, deliveries(one, hook), "delivered");
        assertThat(heard.stream().map(Heard::kind)).containsExactly("build.failed");
    }

    @Test
    void whatIsRolledBackIsNotTold() {
        TenantName tenant = world.tenant();
        TenantId id = tenants.find(tenant).orElseThrow().id();
        Someone owner = world.member(tenant, Role.OWNER);
        Response hook = add(owner, tenant, url());
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    happens(id, "deployment.done");
                    throw new IllegalStateException("the power is cut");
                }))
                .hasMessageContaining("the power is cut");
        happens(tenant, "build.failed");
        until(owner, deliveries(tenant, hook), "delivered");
        assertThat(heard.stream().map(Heard::kind)).containsExactly("build.failed");
    }

    @Test
    void aReaderMissesNothingThatIsCommittedLate() throws Exception {
        TenantName tenant = world.tenant();
        TenantId id = tenants.find(tenant).orElseThrow().id();
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        Thread late = Thread.ofVirtual()
                .start(() -> QuarkusTransaction.requiringNew().run(() -> {
                    happens(id, "build.queued");
                    written.countDown();
                    try {
                        assertThat(commit.await(20, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
        assertThat(written.await(20, TimeUnit.SECONDS)).isTrue();
        happens(id, "build.running");
        List<TenantEvent> before = events.after(id, EventPlace.BEGIN, 10);
        assertThat(before).as("the later one waits for the earlier").isEmpty();
        commit.countDown();
        late.join();
        TrialWorld.until(
                "both are there", () -> events.after(id, EventPlace.BEGIN, 10).size() == 2);
        assertThat(events.after(id, EventPlace.BEGIN, 10).stream().map(TenantEvent::kind))
                .containsExactly("build.queued", "build.running");
    }

    @Test
    void aPlaceFromBeforeARestorationLeadsToAllThatWasWrittenSince() {
        TenantName tenant = world.tenant();
        TenantId id = tenants.find(tenant).orElseThrow().id();
        happens(id, "build.queued");
        EventPlace inTheLostFuture = new EventPlace(900_000_000_000_000L, 7);
        TrialWorld.until(
                "the event is there",
                () -> events.after(id, inTheLostFuture, 10).stream()
                        .map(TenantEvent::kind)
                        .toList()
                        .equals(List.of("build.queued")));
    }

    @Test
    void aStreamGoesOnWhereItWasCutOff() throws Exception {
        TenantName tenant = world.tenant();
        Someone viewer = world.member(tenant, Role.VIEWER);
        happens(tenant, "build.queued");
        happens(tenant, "build.running");
        TrialWorld.until(
                "both are listed",
                () -> as(viewer)
                                .get("/api/v1/tenants/" + tenant + "/events")
                                .<List<String>>path("items.id")
                                .size()
                        == 2);
        String first = as(viewer).get("/api/v1/tenants/" + tenant + "/events").path("items[0].id");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + "/api/v1/tenants/" + tenant + "/events"))
                .header("Authorization", "Bearer " + viewer.token())
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", first)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<java.io.InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                assertThat(next(lines, "event:")).isEqualTo("build.running");
                happens(tenant, "build.failed");
                assertThat(next(lines, "event:")).isEqualTo("build.failed");
            }
            client.shutdownNow();
        }
    }

    private static String next(BufferedReader lines, String field) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith(field)) {
            line = lines.readLine();
        }
        assertThat(line).as("the next " + field).isNotNull();
        return line.substring(field.length()).strip();
    }
}
