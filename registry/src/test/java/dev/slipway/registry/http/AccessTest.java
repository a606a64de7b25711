package dev.slipway.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.registry.access.AccessToken;
import dev.slipway.registry.access.Action;
import dev.slipway.registry.access.BasicCredentials;
import dev.slipway.registry.access.RegistryPrincipal;
import dev.slipway.registry.access.TokenCodec;
import dev.slipway.registry.access.TokenKey;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
    private static final String SHOP = "repository:acme/shop:";

    private RegistryServer server;
    private Client alice;
    private Client bob;
    private Client nobody;

    @BeforeEach
    void start(@TempDir Path root) {
        server = new RegistryServer(root);
        alice = Client.as(server, "alice");
        bob = Client.as(server, "bob");
        nobody = new Client(server, "");
        alice.pushImage("acme/shop", "v1", "layer");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String token(Client user, String... scopes) {
        HttpResponse<byte[]> answer =
                user.get("/v2/token?service=slipway&offline_token=true&scope=" + String.join("&scope=", scopes));
        assertThat(answer.statusCode()).isEqualTo(200);
        return Client.json(answer).path("token").asText();
    }

    private Client bearer(String token) {
        return new Client(server, "Bearer " + token);
    }

    @Test
    void challengesWithTheScopeThatWouldDo() {
        HttpResponse<byte[]> answer = nobody.get("/v2/acme/shop/manifests/v1");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Client.code(answer)).isEqualTo("UNAUTHORIZED");
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"http://" + server.host()
                        + "/v2/token\",service=\"slipway\",scope=\"repository:acme/shop:pull\"");
        assertThat(nobody.post("/v2/acme/shop/blobs/uploads/?mount=x&from=rival/app")
                        .headers()
                        .firstValue("WWW-Authenticate")
                        .orElseThrow())
                .contains("repository:acme/shop:pull,push repository:rival/app:pull");
    }

    @Test
    void saysTheBaseOnlyToThoseSignedIn() {
        assertThat(nobody.get("/v2/").statusCode()).isEqualTo(401);
        assertThat(alice.get("/v2/").statusCode()).isEqualTo(200);
        assertThat(bearer(token(alice)).get("/v2/").statusCode()).isEqualTo(200);
        assertThat(new Client(server, "Basic YWxpY2U6d3Jvbmc=").get("/v2/").statusCode())
                .isEqualTo(401);
        assertThat(new Client(server, "Basic !!").get("/v2/").statusCode()).isEqualTo(401);
    }

    @Test
    void givesATokenForWhatIsAllowedAndNoMore() {
        Client both = bearer(token(alice, SHOP + "pull", "repository:rival/app:pull,push"));
        assertThat(both.get("/v2/acme/shop/manifests/v1").statusCode()).isEqualTo(200);
        assertThat(both.get("/v2/acme/shop/manifests/v1").statusCode()).isEqualTo(200);
        assertThat(both.post("/v2/acme/shop/blobs/uploads/").statusCode())
                .as("pull is not push")
                .isEqualTo(401);
        HttpResponse<byte[]> foreign = both.get("/v2/rival/app/manifests/v1");
        assertThat(foreign.statusCode()).isEqualTo(401);
        assertThat(foreign.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("error=\"insufficient_scope\"");
        assertThat(both.delete("/v2/acme/shop/manifests/v1").statusCode()).isEqualTo(401);
    }

    @Test
    void takesTheOauthForm() {
        String form = "grant_type=password&username=alice&password=alice-secret&service=slipway&client_id=test&scope=";
        HttpResponse<byte[]> answer = nobody.send(
                "POST",
                "/v2/token",
                BodyPublishers.ofString(form + SHOP + "pull%20repository:acme/other:pull"),
                "Content-Type",
                "application/x-www-form-urlencoded");
        Client client = bearer(Client.json(answer).path("access_token").asText());
        assertThat(client.get("/v2/acme/shop/manifests/v1").statusCode()).isEqualTo(200);
        HttpResponse<byte[]> wrong = nobody.send(
                "POST", "/v2/token", BodyPublishers.ofString("grant_type=password&username=alice&password=no"));
        assertThat(wrong.statusCode()).isEqualTo(401);
        HttpResponse<byte[]> unknown =
                nobody.send("POST", "/v2/token", BodyPublishers.ofString("grant_type=client_credentials"));
        assertThat(unknown.statusCode()).isEqualTo(400);
    }

    @Test
    void givesARefreshTokenThatStandsForThePasswordAsLongAsThatIsGood() {
        HttpResponse<byte[]> byPassword =
                form("grant_type=password&username=alice&password=alice-secret&access_type=offline");
        String refresh = Client.json(byPassword).path("refresh_token").asText();
        assertThat(new String(Base64.getUrlDecoder().decode(refresh), StandardCharsets.ISO_8859_1))
                .doesNotContain("alice");
        HttpResponse<byte[]> answer = form("grant_type=refresh_token&refresh_token=" + refresh + "&scope=" + SHOP
                + "pull%20repository:rival/x:pull");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Client.json(answer).path("scope").asText()).isEqualTo(SHOP + "pull");
        assertThat(bearer(Client.json(answer).path("access_token").asText())
                        .get("/v2/acme/shop/manifests/v1")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<byte[]> byQuery = alice.get("/v2/token?offline_token=true&service=slipway");
        assertThat(form("grant_type=refresh_token&refresh_token="
                                + Client.json(byQuery).path("refresh_token").asText())
                        .statusCode())
                .isEqualTo(200);
        assertThat(Client.json(nobody.get("/v2/token?offline_token=true")).has("refresh_token"))
                .isFalse();
        String altered = (refresh.startsWith("A") ? "B" : "A") + refresh.substring(1);
        for (String bad : List.of("x", altered, token(alice, SHOP + "pull"))) {
            assertThat(form("grant_type=refresh_token&refresh_token=" + bad).statusCode())
                    .isEqualTo(401);
        }
        server.changePassword("alice");
        assertThat(form("grant_type=refresh_token&refresh_token=" + refresh).statusCode())
                .as("the password it stands for is no longer good")
                .isEqualTo(401);
    }

    @Test
    void refusesARefreshTokenAfterItsLife() {
        String refresh = server.authentication.refreshTokens().write(new BasicCredentials("alice", "alice-secret"));
        assertThat(form("grant_type=refresh_token&refresh_token=" + refresh).statusCode())
                .isEqualTo(200);
        server.clock.forward(RegistryServer.REFRESH_LIFE);
        assertThat(form("grant_type=refresh_token&refresh_token=" + refresh).statusCode())
                .isEqualTo(401);
    }

    private HttpResponse<byte[]> form(String fields) {
        return nobody.send(
                "POST",
                "/v2/token",
                BodyPublishers.ofString(fields),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    @Test
    void mountsWithoutASourceOnlyWhatTheTokenLetsPull() {
        Client.as(server, "bob").pushBlob("rival/secret", "of bob".getBytes());
        Digest mine = alice.pushBlob("acme/base", "of alice".getBytes()).digest();
        Client both =
                bearer(token(alice, SHOP + "pull,push", "repository:acme/base:pull", "repository:rival/secret:pull"));
        assertThat(both.post("/v2/acme/shop/blobs/uploads/?mount=" + mine).statusCode())
                .isEqualTo(201);
        assertThat(both.post("/v2/acme/shop/blobs/uploads/?mount=" + Digest.sha256("of bob".getBytes()))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void refusesExpiredForeignAndAlteredTokens() {
        String token = token(alice, SHOP + "pull");
        Client foreign = bearer(server.authentication
                .issue(new RegistryPrincipal("alice"), List.of())
                .text()
                .replaceAll("\\.[^.]*$", ".AAAA"));
        assertThat(foreign.get("/v2/").statusCode()).isEqualTo(401);
        String none = "eyJhbGciOiJub25lIn0" + token.substring(token.indexOf('.'), token.lastIndexOf('.') + 1);
        assertThat(bearer(none).get("/v2/").statusCode()).isEqualTo(401);
        AccessToken forged = new AccessToken(
                new RegistryPrincipal("alice"),
                Map.of(RepositoryName.parse("acme/shop"), Set.of(Action.PULL, Action.PUSH, Action.DELETE)),
                true,
                server.clock.instant().plusSeconds(60));
        for (TokenCodec other : List.of(
                new TokenCodec(TokenKey.random(), RegistryServer.SERVICE, server.clock),
                new TokenCodec(server.key, "elsewhere", server.clock))) {
            Client stranger = bearer(other.write(forged));
            assertThat(stranger.get("/v2/acme/shop/manifests/v1").statusCode())
                    .as("another registry's")
                    .isEqualTo(401);
            assertThat(stranger.post("/v2/acme/shop/blobs/uploads/").statusCode())
                    .isEqualTo(401);
        }
        server.clock.forward(RegistryServer.TOKEN_LIFE);
        HttpResponse<byte[]> expired = bearer(token).get("/v2/acme/shop/manifests/v1");
        assertThat(expired.statusCode()).isEqualTo(401);
        assertThat(expired.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("error=\"invalid_token\"");
    }

    @Test
    void saysTheSameOfWhatExistsAndWhatDoesNot() {
        HttpResponse<byte[]> real = bob.get("/v2/acme/shop/manifests/v1");
        HttpResponse<byte[]> made = bob.get("/v2/acme/none/manifests/v1");
        assertThat(real.statusCode()).isEqualTo(404).isEqualTo(made.statusCode());
        assertThat(new String(real.body()).replace("shop", "none")).isEqualTo(new String(made.body()));
        assertThat(bob.get("/v2/acme/shop/tags/list").statusCode()).isEqualTo(404);
        assertThat(bob.post("/v2/acme/shop/blobs/uploads/").statusCode()).isEqualTo(404);
    }

    @Test
    void readsABlobOnlyThroughARepositoryThatLinksIt() {
        Digest layer = Digest.sha256("layer".getBytes());
        assertThat(alice.get("/v2/acme/shop/blobs/" + layer).statusCode()).isEqualTo(200);
        assertThat(alice.get("/v2/acme/other/blobs/" + layer).statusCode()).isEqualTo(404);
        assertThat(bob.head("/v2/rival/app/blobs/" + layer).statusCode()).isEqualTo(404);
        String mount = "/v2/rival/app/blobs/uploads/?mount=" + layer;
        assertThat(bob.post(mount + "&from=acme/shop").statusCode()).isEqualTo(202);
        assertThat(bob.post(mount).statusCode()).isEqualTo(202);
        assertThat(bob.head("/v2/rival/app/blobs/" + layer).statusCode()).isEqualTo(404);
        Client token = bearer(token(bob, "repository:rival/app:pull,push", SHOP + "pull"));
        assertThat(token.post(mount + "&from=acme/shop").statusCode()).isEqualTo(202);
    }

    @Test
    void keepsAnUploadFromOtherRepositories() {
        String upload = alice.beginUpload("acme/shop");
        String id = upload.substring(upload.lastIndexOf('/') + 1);
        assertThat(bob.get("/v2/rival/app/blobs/uploads/" + id).statusCode()).isEqualTo(404);
        assertThat(bob.get(upload).statusCode()).isEqualTo(404);
    }

    @Test
    void letsAnybodyPullWhatIsPublicAndNobodyPush() {
        alice.pushImage("public/app", "v1", "layer");
        assertThat(nobody.get("/v2/public/app/manifests/v1").statusCode()).isEqualTo(200);
        assertThat(bearer(token(nobody, "repository:public/app:pull,push"))
                        .get("/v2/public/app/manifests/v1")
                        .statusCode())
                .isEqualTo(200);
        assertThat(nobody.post("/v2/public/app/blobs/uploads/").statusCode()).isEqualTo(401);
    }

    @Test
    void listsRepositoriesToOperatorsOnly() {
        Client root = Client.as(server, "root");
        assertThat(new String(root.get("/v2/_catalog").body())).isEqualTo("{\"repositories\":[\"acme/shop\"]}");
        assertThat(bearer(token(root, "registry:catalog:*"))
                        .get("/v2/_catalog?n=1")
                        .statusCode())
                .isEqualTo(200);
        assertThat(alice.get("/v2/_catalog").statusCode()).isEqualTo(403);
        assertThat(bearer(token(alice, "registry:catalog:*"))
                        .get("/v2/_catalog")
                        .statusCode())
                .isEqualTo(401);
        assertThat(nobody.get("/v2/_catalog").statusCode()).isEqualTo(401);
    }
}
