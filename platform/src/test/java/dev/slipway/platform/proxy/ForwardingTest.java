package dev.slipway.platform.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.route.Backend;
import dev.slipway.platform.route.Route;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes through and how it is changed on the way. */
class ForwardingTest {
    private static final String GET = "GET /a?b=c HTTP/1.1\r\nHost: " + RunningProxy.HOST + ":8000\r\n";

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void carriesRequestsOverKeptConnectionsOnBothSides(String nativeTransport) throws Exception {
        try (RawBackend shop = RawBackend.saying("i1", "hello");
                RunningProxy proxy = new RunningProxy("native-transport", nativeTransport).to(shop.backend);
                RawClient client = proxy.connect()) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.send(GET + "\r\n").read().text()).isEqualTo("hello");
            }
            assertThat(shop.requests).hasSize(5).allSatisfy(request -> {
                assertThat(request.line()).isEqualTo("GET /a?b=c HTTP/1.1");
                assertThat(request.connection()).isEqualTo(1);
            });
        }
    }

    @Test
    void replacesWhatAnUntrustedClientClaims() throws Exception {
        try (RawBackend shop = RawBackend.saying("i1", "hello");
                RunningProxy proxy = new RunningProxy("via", "slipway").to(shop.backend)) {
            proxy.send(GET
                    + "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil\r\n"
                    + "Forwarded: for=6.6.6.6\r\nX-Real-IP: 6.6.6.6\r\nProxy: evil\r\nX-Request-Id: abc-1\r\n\r\n");
            RawBackend.Request got = shop.requests.take();
            assertThat(got.field("x-forwarded-for")).contains("127.0.0.1");
            assertThat(got.field("x-forwarded-proto")).contains("http");
            assertThat(got.field("x-forwarded-host")).contains(RunningProxy.HOST + ":8000");
            assertThat(got.field("x-forwarded-port")).contains(Integer.toString(proxy.address.getPort()));
            assertThat(got.field("host")).contains(RunningProxy.HOST + ":8000");
            assertThat(got.field("via")).contains("1.1 slipway");
            assertThat(got.field("x-request-id")).contains("abc-1");
            assertThat(got.fields()).noneMatch(field -> field.contains("6.6.6.6") || field.contains("evil"));
        }
    }

    @Test
    void believesATrustedFront() throws Exception {
        try (RawBackend shop = RawBackend.saying("i1", "hello");
                RunningProxy proxy = new RunningProxy("trusted", "10.0.0.1,127.0.0.0/8").to(shop.backend)) {
            proxy.send(GET + "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\n\r\n");
            RawBackend.Request got = shop.requests.take();
            assertThat(got.field("x-forwarded-for")).contains("6.6.6.6, 127.0.0.1");
            assertThat(got.field("x-forwarded-proto")).contains("https");
        }
    }

    @Test
    void makesARequestIdWhereTheGivenOneIsNone() throws Exception {
        try (RawBackend shop = RawBackend.saying("i1", "hello");
                RunningProxy proxy = new RunningProxy().to(shop.backend)) {
            RawClient.Response response = proxy.send(GET + "X-Request-Id: <script>\r\n\r\n");
            String id = shop.requests.take().field("x-request-id").orElseThrow();
            assertThat(id).matches("[0-9a-f]{32}");
            assertThat(response.field("x-request-id")).contains(id);
        }
    }

    @Test
    void takesHopByHopFieldsAwayInBothDirections() throws Exception {
        try (RawBackend shop = new RawBackend("i1", (request, in, out) -> {
                    RawBackend.raw(
                            out,
                            "HTTP/1.1 200 OK\r\nConnection: X-Inner\r\nX-Inner: 1\r\nKeep-Alive: timeout=5\r\n"
                                    + "X-Stays: 1\r\nContent-Length: 0\r\n\r\n");
                    return true;
                });
                RunningProxy proxy = new RunningProxy().to(shop.backend)) {
            RawClient.Response response = proxy.send(GET
                    + "Connection: keep-alive, X-Secret, Host\r\nX-Secret: 1\r\nTE: trailers\r\nUpgrade: h2c\r\n"
                    + "Proxy-Authorization: x\r\nX-Kept: 1\r\n\r\n");
            RawBackend.Request got = shop.requests.take();
            for (String gone : new String[] {"connection", "x-secret", "te", "upgrade", "proxy-authorization"}) {
                assertThat(got.field(gone)).as(gone).isEmpty();
            }
            assertThat(got.field("x-kept")).contains("1");
            assertThat(got.field("host")).isPresent();
            assertThat(response.field("x-inner")).isEmpty();
            assertThat(response.field("keep-alive")).isEmpty();
            assertThat(response.field("x-stays")).contains("1");
        }
    }

    @Test
    void findsCustomDomainsInAnySpelling() throws Exception {
        try (RawBackend shop = RawBackend.saying("i1", "hello");
                RunningProxy proxy = new RunningProxy()) {
            proxy.tables.update(before -> Map.of("B\u00fccher.Example", Route.to("acme/books", shop.backend)));
            for (String host : new String[] {"xn--bcher-kva.example", "XN--BCHER-KVA.example.:8000"}) {
                assertThat(proxy.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                                .status())
                        .isEqualTo(200);
            }
            assertThat(proxy.send("GET http://xn--bcher-kva.example/p HTTP/1.1\r\nHost: other\r\n\r\n")
                            .status())
                    .isEqualTo(200);
            assertThat(shop.requests).last().satisfies(request -> {
                assertThat(request.line()).isEqualTo("GET /p HTTP/1.1");
                assertThat(request.field("host")).contains("xn--bcher-kva.example");
            });
        }
    }

    @Test
    void saysThatAHostIsUnknown() throws Exception {
        try (RunningProxy proxy = new RunningProxy();
                RawClient client = proxy.connect()) {
            for (int i = 0; i < 3; i++) {
                RawClient.Response response =
                        client.send("GET / HTTP/1.1\r\nHost: no.where\r\n\r\n").read();
                assertThat(response.status()).isEqualTo(404);
                assertThat(response.text()).contains("no.where").doesNotContain("<script");
            }
            RawClient.Response head =
                    client.send("HEAD / HTTP/1.1\r\nHost: no.where\r\n\r\n").read(true);
            assertThat(head.status()).isEqualTo(404);
            assertThat(client.send("GET / HTTP/1.1\r\nHost: no.where\r\n\r\n")
                            .read()
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void saysWhyNothingIsHealthy() throws Exception {
        try (RunningProxy proxy = new RunningProxy()) {
            proxy.tables.update(before ->
                    Map.of(RunningProxy.HOST, Route.unavailable("acme/shop", "Release v3 exited with <code> 1.")));
            RawClient.Response response =
                    proxy.send("POST / HTTP/1.1\r\nHost: " + RunningProxy.HOST + "\r\nContent-Length: 3\r\n\r\nabc");
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.text()).contains("Release v3 exited with &lt;code&gt; 1.");
            assertThat(response.field("retry-after")).contains("5");
            assertThat(proxy.metrics.totals().get("acme/shop").byStatusClass()).containsExactly(0L, 0L, 0L, 0L, 1L);
        }
    }

    @Test
    void tells502WhereNobodyListensAndTriesTheOtherBackendFirst() throws Exception {
        try (RawBackend shop = RawBackend.saying("i1", "hello");
                RunningProxy proxy = new RunningProxy()) {
            Backend dead = new Backend("i0", "127.0.0.1", freePort());
            proxy.to(dead);
            assertThat(proxy.send(GET + "\r\n").status()).isEqualTo(502);
            proxy.to(dead, shop.backend);
            for (int i = 0; i < 20; i++) {
                assertThat(proxy.send(GET + "\r\n").status()).isEqualTo(200);
            }
        }
    }

    private static int freePort() throws IOException {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
