package dev.slipway.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.registry.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one caller may take of the registry, and what is left for the others meanwhile. */
class LimitsTest {
    private static final int UPLOADS = 2;
    private static final int RATE = 4;
    private static final int BURST = 40;

    private RegistryServer server;
    private Client alice;
    private Client bob;

    @BeforeEach
    void start(@TempDir Path root) {
        server = new RegistryServer(root, new RequestLimits(Duration.ofSeconds(20), 1, UPLOADS, RATE));
        server.clock.hold();
        alice = Client.as(server, "alice");
        bob = new Client(server, "Bearer " + tokenOf("bob", "repository:rival/app:pull,push"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String tokenOf(String user, String scope) {
        return Client.json(Client.as(server, user).get("/v2/token?scope=" + scope))
                .path("token")
                .asText();
    }

    @Test
    void refusesACallerWhoAsksTooOftenAndNobodyElse() {
        Client token = new Client(server, "Bearer " + tokenOf("alice", "repository:acme/shop:pull,push"));
        server.clock.forward(Duration.ofMinutes(1));
        List<HttpResponse<byte[]>> refused = new ArrayList<>();
        for (int i = 0; i < 2 * BURST; i++) {
            HttpResponse<byte[]> answer = token.get("/v2/");
            if (answer.statusCode() != 200) {
                refused.add(answer);
            }
        }
        assertThat(refused).hasSize(BURST).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(Client.code(answer)).isEqualTo("TOOMANYREQUESTS");
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        });
        assertThat(bob.get("/v2/").statusCode()).isEqualTo(200);
        server.clock.forward(Duration.ofSeconds(1));
        assertThat(token.get("/v2/").statusCode()).isEqualTo(200);
    }

    @Test
    void countsWhoSignsInByPasswordAlsoAsTheOneTheyAre() {
        Client token = new Client(server, "Bearer " + tokenOf("alice", "repository:acme/shop:pull"));
        for (int i = 0; i < BURST; i++) {
            token.get("/v2/");
        }
        assertThat(alice.get("/v2/").statusCode()).isEqualTo(429);
        assertThat(Client.as(server, "root").get("/v2/").statusCode())
                .as("from the same address")
                .isEqualTo(200);
        Client nobody = new Client(server, "");
        int unanswered = 0;
        for (int i = 0; i < 2 * BURST; i++) {
            unanswered += nobody.get("/v2/").statusCode() == 429 ? 1 : 0;
        }
        assertThat(unanswered).as("by address").isGreaterThanOrEqualTo(BURST);
    }

    @Test
    void turnsAnAddressAwayThatShowedTooManyWrongPasswordsButNotARightOne() {
        Client wrong = new Client(server, "Basic YWxpY2U6d3Jvbmc=");
        assertThat(wrong.get("/v2/token").statusCode()).isEqualTo(401);
        assertThat(wrong.get("/v2/token").statusCode()).isEqualTo(401);
        assertThat(wrong.get("/v2/").statusCode()).isEqualTo(401);
        for (String path : List.of("/v2/token", "/v2/", "/v2/acme/shop/tags/list")) {
            HttpResponse<byte[]> answer = wrong.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(429);
            assertThat(Client.code(answer)).isEqualTo("TOOMANYREQUESTS");
            assertThat(answer.headers().firstValue("Retry-After")).contains("60");
        }
        assertThat(alice.get("/v2/token").statusCode()).isEqualTo(200);
        assertThat(bob.get("/v2/").statusCode()).isEqualTo(200);
    }

    @Test
    void takesOnlySoManyChunksOfACallerAtATime() throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < UPLOADS; i++) {
                String upload = alice.beginUpload("acme/shop");
                open.add(halfAChunk(upload));
                awaitByte(upload);
            }
            HttpResponse<byte[]> third = alice.patch(alice.beginUpload("acme/shop"), new byte[10]);
            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(Client.code(third)).isEqualTo("TOOMANYREQUESTS");
            byte[] content = "of bob".getBytes();
            assertThat(bob.put(bob.beginUpload("rival/app") + "?digest=" + Digest.sha256(content), content)
                            .statusCode())
                    .isEqualTo(201);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private Socket halfAChunk(String upload) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.getOutputStream()
                .write(("PATCH " + upload + " HTTP/1.1\r\nHost: x\r\nAuthorization: " + RegistryServer.basic("alice")
                                + "\r\nContent-Length: 20\r\n\r\n0123456789")
                        .getBytes());
        return socket;
    }

    /** Its chunk is being received once something of it has come. */
    private void awaitByte(String upload) {
        String range = "";
        while (!range.equals("0-9")) {
            server.clock.forward(Duration.ofSeconds(1));
            range = alice.get(upload).headers().firstValue("Range").orElse("");
        }
    }

    @Test
    void servesOthersWhileManySendTheirHeadersSlowly() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = new Socket("127.0.0.1", server.port());
                socket.getOutputStream().write("GET /v2/ HTTP/1.1\r\nHost: x\r\nX-Slow: ".getBytes());
                slow.add(socket);
            }
            alice.pushImage("acme/shop", "v1", "layer");
            for (Socket socket : slow.subList(0, 5)) {
                socket.getOutputStream().write('.');
            }
            assertThat(alice.get("/v2/acme/shop/manifests/v1").statusCode()).isEqualTo(200);
            Socket endless = slow.getFirst();
            endless.setSoTimeout(20_000);
            byte[] more = "x".repeat(64 * 1024).getBytes();
            endless.getOutputStream().write(more);
            try (InputStream in = endless.getInputStream()) {
                assertThat(new String(in.readNBytes(12)))
                        .as("a header has an end")
                        .isEqualTo("HTTP/1.1 431");
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }
}
