package dev.slipway.deploy.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deploy.Product;
import dev.slipway.deploy.ProductProcess;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves the server: headers, cookies, form tokens, redirects, refusals. */
@ExtendWith(ProductProcess.class)
class SessionIT {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sign-in",
                "/",
                "/nowhere/at/all",
                "/t/nobody/apps/here",
                "/assets/slipway.css",
                "/assets/slipway.js"
            })
    void everyAnswerCarriesTheSecurityHeaders(String path, Product product) {
        HttpResponse<String> answer = new WebClient(product).get(path);
        assertThat(answer.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains(
                                "default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                        .doesNotContain("unsafe"));
        assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("x-frame-options")).hasValue("DENY");
        assertThat(answer.headers().firstValue("referrer-policy")).hasValue("same-origin");
    }

    @Test
    void pagesAskToSignInAndComeBack(Product product) {
        WebClient client = new WebClient(product);
        HttpResponse<String> answer = client.get("/t/acme/apps/shop?x=1");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/sign-in?next=%2Ft%2Facme%2Fapps%2Fshop%3Fx%3D1"));
    }

    @Test
    void signingInGivesAFreshCookieThatScriptsCannotRead(Product product) {
        WebClient client = new WebClient(product);
        client.get("/sign-in");
        String before = client.cookie();
        HttpResponse<String> answer = client.signIn("admin", product.admin("password"));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(client.cookie()).isNotEqualTo(before);
        assertThat(client.attributes()).containsIgnoringCase("HttpOnly").containsIgnoringCase("SameSite=Lax");
        assertThat(client.get("/account").statusCode()).isEqualTo(200);
        assertThat(new WebClient(product).withCookie(before).get("/account").statusCode())
                .as("the cookie from before sign-in")
                .isEqualTo(303);
    }

    @Test
    void signingOutEndsTheSessionOnTheServer(Product product) {
        WebClient client = WebClient.admin(product);
        client.get("/account");
        String session = client.cookie();
        assertThat(client.post("/sign-out", Map.of()).statusCode()).isEqualTo(303);
        assertThat(new WebClient(product).withCookie(session).get("/account").statusCode())
                .isEqualTo(303);
    }

    @Test
    void aFormWithoutItsTokenIsRefused(Product product) {
        WebClient client = WebClient.admin(product);
        client.get("/account");
        WebClient other = WebClient.admin(product);
        other.get("/account");
        for (String token : new String[] {"", "x", other.formToken()}) {
            assertThat(client.postWith(token, "/tenants", Map.of("name", "forged"))
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(client.get("/tenants").body()).doesNotContain("forged");
        assertThat(client.post("/tenants", Map.of("name", "genuine")).statusCode())
                .isEqualTo(303);
        assertThat(client.get("/tenants").body()).contains("/t/genuine");
    }

    @Test
    void wrongPasswordsLockTheNameOut(Product product) {
        WebClient client = new WebClient(product);
        client.get("/sign-in");
        assertThat(client.signIn("mallory", "wrong-password").statusCode()).isEqualTo(401);
        Product.await(
                "locked out", () -> client.signIn("mallory", "wrong-password").statusCode() == 429);
        assertThat(client.get("/sign-in").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "https://evil.example/", "/\\evil.example"})
    void signingInNeverLeadsElsewhere(String next, Product product) {
        WebClient client = new WebClient(product);
        client.get("/sign-in");
        HttpResponse<String> answer =
                client.post("/sign-in", Map.of("name", "admin", "password", product.admin("password"), "next", next));
        assertThat(WebClient.location(answer)).isEqualTo("/");
        assertThat(answer.headers().firstValue("location").orElse("")).doesNotContain("evil");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/t/no-such-tenant", "/t/no-such-tenant/apps/app", "/t/UPPER", "/nowhere", "/t/x/y/z"})
    void whatIsNotThereIsAPlainPage(String path, Product product) {
        WebClient client = WebClient.admin(product);
        HttpResponse<String> answer = client.get(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
                .contains("<h1>Not found</h1>")
                .doesNotContain("Exception")
                .doesNotContain("dev.slipway");
    }

    @Test
    void theLanguageFollowsTheBrowserAndTheChoice(Product product) {
        WebClient chinese = new WebClient(product, "zh-CN,zh;q=0.9,en;q=0.5");
        assertThat(chinese.get("/sign-in").body()).contains("lang=\"zh-Hans\"").contains("登录");
        HttpResponse<String> chosen = chinese.post("/language", Map.of("language", "en", "next", "/sign-in"));
        assertThat(chosen.statusCode()).isEqualTo(303);
        assertThat(chosen.headers().allValues("set-cookie"))
                .anySatisfy(cookie -> assertThat(cookie).startsWith("slipway_language=en"));
        assertThat(new WebClient(product, "fr").get("/sign-in").body()).contains("Sign in");
    }
}
