package dev.slipway.deploy.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.slipway.deploy.Product;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signing in through a real Keycloak with the realm that is shipped, and what follows when it takes something away. */
class CompanyIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Product product;
    private static Keycloak keycloak;
    private static Chromium chromium;

    @BeforeAll
    static void begin() {
        product = Product.prepared();
        keycloak = new Keycloak();
        String issuer = "slipway.oidc.issuers." + Keycloak.ISSUER + ".";
        product.with(issuer + "url", keycloak.url())
                .with(issuer + "title", "Example")
                .with(issuer + "client-secret", Keycloak.SECRET)
                .with(issuer + "admin-url", keycloak.adminUrl())
                .with(issuer + "sync-every", "PT3S")
                .start();
        // The provider is not there yet: the start and local accounts do not wait for it.
        keycloak.start(product.address());
        WebClient admin = WebClient.admin(product);
        admin.get("/tenants");
        assertThat(admin.post("/tenants", Map.of("name", "demo")).statusCode()).isEqualTo(303);
        assertThat(admin.get("/t/demo").statusCode()).isEqualTo(200);
        chromium = new Chromium();
        keycloak.await();
    }

    @AfterAll
    static void end() {
        THREADS.shutdownNow();
        if (chromium != null) {
            chromium.close();
        }
        keycloak.close();
        product.close();
    }

    @Test
    void aPersonSignsInByBrowserWithTheRolesOfTheirGroupsAndOutAgainOnBothSides() {
        keycloak.person("ada", "/slipway/demo/owner");
        try (Page page = window()) {
            signIn(page, "ada", "/t/demo");
            assertThat(page.url()).isEqualTo(product.address() + "/t/demo");
            assertThat(page.context().cookies().stream().map(cookie -> cookie.name))
                    .as("Slipway's own session, and nothing of the library's")
                    .contains("slipway_session")
                    .noneMatch(name -> name.startsWith("q_session"));
            page.navigate("/t/demo/members");
            assertThat(page.textContent("main")).containsIgnoringCase("ada").containsIgnoringCase("owner");

            page.click("form[action='/sign-out'] button");
            page.waitForURL("**/sign-in");
            page.navigate("/t/demo");
            page.waitForURL("**/sign-in?next=%2Ft%2Fdemo");
            page.click("text=Sign in with Example");
            page.waitForSelector("#password");
            assertThat(page.url()).as("Keycloak asks again").startsWith(keycloak.url());
        }
    }

    @Test
    void whoLosesAGroupLosesTheRoleAndTheOpenStreamWithinAMinute() throws Exception {
        String subject = keycloak.person("bob", "/slipway/demo/developer");
        try (Page page = window()) {
            String bearer = bearer(page, "bob");
            assertThat(api(bearer, "POST", "/tenants/demo/apps", "{\"name\":\"bos\"}")
                            .statusCode())
                    .isEqualTo(201);
            JsonNode made = json(api(bearer, "POST", "/me/tokens", "{\"name\":\"laptop\",\"scopes\":[\"read\"]}"));
            String token = made.required("token").asText();
            Future<Integer> stream = THREADS.submit(() -> follow(bearer, "/tenants/demo/apps/bos/logs"));
            assertThat(api(token, "GET", "/tenants/demo/apps/bos", null).statusCode())
                    .isEqualTo(200);

            keycloak.leave(subject, "/slipway/demo/developer");
            long lost = System.nanoTime();
            Product.await(
                    "the role gone",
                    () -> api(token, "GET", "/tenants/demo/apps/bos", null).statusCode() == 404);
            assertThat(api(bearer, "GET", "/tenants/demo/apps/bos", null).statusCode())
                    .as("the bearer token still names the group, but is older than what is known")
                    .isEqualTo(404);
            stream.get(60, TimeUnit.SECONDS);
            assertThat(Duration.ofNanos(System.nanoTime() - lost)).isLessThan(Duration.ofMinutes(1));
        }
    }

    @Test
    void aLogoutAtTheProviderEndsTheSessionHere() {
        String subject = keycloak.person("cyd", "/slipway/demo/viewer");
        try (Page page = window()) {
            signIn(page, "cyd", "/t/demo");
            assertThat(page.navigate("/t/demo").status()).isEqualTo(200);
            keycloak.logout(subject);
            Product.await("signed out", () -> {
                page.navigate("/t/demo");
                return page.url().contains("/sign-in");
            });
        }
    }

    @Test
    void onlyGoodTokensOfTheIssuerForTheApiOpenIt() throws Exception {
        keycloak.person("dia", "/slipway/demo/viewer");
        try (Page page = window()) {
            String good = bearer(page, "dia");
            assertThat(status(good)).isEqualTo(200);
            String[] parts = good.split("\\.");
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            String none = encoded("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + parts[1] + ".";
            String symmetric = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + parts[1] + "." + parts[2];
            String forged = parts[0] + "."
                    + encoded(claims.toString().replace("\"dia\"", "\"admin\"").replace("viewer", "owner")) + "."
                    + parts[2];
            assertThat(status(none)).as("alg none").isEqualTo(401);
            assertThat(status(symmetric))
                    .as("the public key as a shared secret")
                    .isEqualTo(401);
            assertThat(status(forged))
                    .as("other claims under the same signature")
                    .isEqualTo(401);
            assertThat(status(parts[0] + "." + parts[1] + "."))
                    .as("no signature")
                    .isEqualTo(401);
            assertThat(status(keycloak.administratorsToken()))
                    .as("another issuer of the same program")
                    .isEqualTo(401);
            assertThat(new WebClient(product)
                            .postWith(
                                    "",
                                    "/sign-in/with/" + Keycloak.ISSUER + "/back-channel-logout",
                                    Map.of("logout_token", good))
                            .statusCode())
                    .as("a bearer token is no logout token")
                    .isEqualTo(400);
        }
    }

    @Test
    void anIdentityTokenOpensNoApi() throws Exception {
        keycloak.person("edd");
        JsonNode begun = keycloak.post(
                keycloak.url() + "/protocol/openid-connect/auth/device",
                Map.of("client_id", "slipway-terminal", "scope", "openid"));
        try (Page page = window()) {
            confirm(page, "edd", begun.required("verification_uri_complete").asText());
        }
        JsonNode tokens = keycloak.post(
                keycloak.url() + "/protocol/openid-connect/token",
                Map.of(
                        "client_id",
                        "slipway-terminal",
                        "grant_type",
                        "urn:ietf:params:oauth:grant-type:device_code",
                        "device_code",
                        begun.required("device_code").asText()));
        assertThat(status(tokens.required("access_token").asText())).isEqualTo(200);
        assertThat(status(tokens.required("id_token").asText())).isEqualTo(401);
    }

    private static Page window() {
        return chromium.window(product, "en-GB", ColorScheme.LIGHT, 1280, 800);
    }

    private static void signIn(Page page, String name, String next) {
        page.navigate(next);
        page.click("text=Sign in with Example");
        fill(page, name);
        page.waitForURL(product.address() + next);
    }

    private static void fill(Page page, String name) {
        page.fill("#username", name);
        page.fill("#password", Keycloak.PASSWORD);
        page.click("#kc-login");
    }

    /** A bearer token by the device flow, as a terminal gets it from Slipway. */
    private static String bearer(Page page, String name) throws IOException {
        String path = "/sign-in/" + Keycloak.ISSUER + "/device";
        JsonNode begun = json(api("", "POST", path, ""));
        String ask = "{\"deviceCode\":\"" + begun.required("deviceCode").asText() + "\"}";
        assertThat(json(api("", "POST", path + "/token", ask)).required("state").asText())
                .isEqualTo("waiting");
        confirm(page, name, begun.required("fullAddress").asText());
        JsonNode[] done = new JsonNode[1];
        Product.await("the terminal signed in", () -> {
            done[0] = json(api("", "POST", path + "/token", ask));
            return done[0].required("state").asText().equals("done");
        });
        return done[0].required("bearer").asText();
    }

    private static void confirm(Page page, String name, String address) {
        page.navigate(address);
        fill(page, name);
        page.click("input[name=accept], button[name=accept]");
        page.waitForURL("**/device/status**");
    }

    private static int status(String bearer) {
        return api(bearer, "GET", "/me", null).statusCode();
    }

    private static HttpResponse<String> api(String bearer, String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(product.address().resolve("/api/v1" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException cause) {
            throw new AssertionError(method + " " + path, cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    /** Follows a stream of events until the server ends it or cuts it off, and returns how many lines it had. */
    private static int follow(String bearer, String path) throws IOException, InterruptedException {
        URI address = product.address().resolve("/api/v1" + path);
        HttpResponse<InputStream> response = HTTP.send(
                HttpRequest.newBuilder(address)
                        .header("Authorization", "Bearer " + bearer)
                        .header("Accept", "text/event-stream")
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        int lines = 0;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            while (reader.readLine() != null) {
                lines++;
            }
        } catch (IOException cutOff) {
            // The server resets a stream that may not go on (RFC 9113, 6.4); one that went on would not get here.
            return lines;
        }
        return lines;
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JSON.readTree(response.body());
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
