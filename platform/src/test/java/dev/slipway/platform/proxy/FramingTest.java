package dev.slipway.platform.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where messages begin and end (RFC 9112), and what is refused because it could be read in two ways. */
class FramingTest {
    private static final String HOST = "Host: " + RunningProxy.HOST + "\r\n";
    private static final String GET = "GET / HTTP/1.1\r\n" + HOST;

    private static RawBackend answering(String bytes) throws Exception {
        return new RawBackend("i1", (request, in, out) -> {
            in.readNBytes(request.length());
            RawBackend.raw(out, bytes);
            return !bytes.contains("Connection: close") && bytes.startsWith("HTTP/1.1");
        });
    }

    @Test
    void passesChunksAndTrailersBothWays() throws Exception {
        try (RawBackend shop = new RawBackend("i1", (request, in, out) -> {
                    StringBuilder got = new StringBuilder();
                    for (String line = RawBackend.line(in); !line.equals("0"); line = RawBackend.line(in)) {
                        got.append(RawBackend.line(in));
                    }
                    for (String line = RawBackend.line(in); !line.isEmpty(); line = RawBackend.line(in)) {
                        got.append('|').append(line);
                    }
                    RawBackend.raw(
                            out,
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                                    + Integer.toHexString(got.length()) + "\r\n" + got + "\r\n0\r\nX-Sum: 7\r\n\r\n");
                    return true;
                });
                RunningProxy proxy = new RunningProxy().to(shop.backend)) {
            RawClient.Response response = proxy.send("POST / HTTP/1.1\r\n" + HOST
                    + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-End: 1\r\n\r\n");
            assertThat(response.text().toLowerCase()).isEqualTo("abcde|x-end: 1");
            assertThat(response.trailers()).hasSize(1).allMatch(line -> line.equalsIgnoreCase("X-Sum: 7"));
        }
    }

    @Test
    void endsWhatTheBackendEndsByClosing() throws Exception {
        try (RawBackend shop = answering("HTTP/1.0 200 OK\r\n\r\nuntil the end");
                RunningProxy proxy = new RunningProxy().to(shop.backend);
                RawClient client = proxy.connect()) {
            for (int i = 0; i < 3; i++) {
                RawClient.Response response = client.send(GET + "\r\n").read();
                assertThat(response.text()).isEqualTo("until the end");
                assertThat(response.field("transfer-encoding")).contains("chunked");
            }
        }
    }

    @Test
    void servesHttp10() throws Exception {
        try (RawBackend shop =
                        answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
                RunningProxy proxy = new RunningProxy().to(shop.backend);
                RawClient client = proxy.connect()) {
            RawClient.Response response =
                    client.send("GET / HTTP/1.0\r\n" + HOST + "\r\n").read();
            assertThat(response.text()).isEqualTo("hello");
            assertThat(response.field("transfer-encoding")).isEmpty();
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void keepsHttp10AliveWhenAsked() throws Exception {
        try (RawBackend shop = RawBackend.saying("i1", "hello");
                RunningProxy proxy = new RunningProxy().to(shop.backend);
                RawClient client = proxy.connect()) {
            for (int i = 0; i < 3; i++) {
                RawClient.Response response = client.send(
                                "GET / HTTP/1.0\r\n" + HOST + "Connection: keep-alive\r\n\r\n")
                        .read();
                assertThat(response.field("connection")).contains("keep-alive");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"HEAD,200", "GET,204", "GET,304"})
    void keepsStepWhereAResponseHasNoBody(String method, int status) throws Exception {
        String fields = status == 204 ? "" : "Content-Length: 42\r\n";
        try (RawBackend shop = answering("HTTP/1.1 " + status + " X\r\n" + fields + "\r\n");
                RunningProxy proxy = new RunningProxy().to(shop.backend);
                RawClient client = proxy.connect()) {
            for (int i = 0; i < 3; i++) {
                RawClient.Response response =
                        client.send(method + " / HTTP/1.1\r\n" + HOST + "\r\n").read(true);
                assertThat(response.status()).isEqualTo(status);
                assertThat(response.field("content-length").isPresent()).isEqualTo(status != 204);
                assertThat(response.field("transfer-encoding")).isEmpty();
            }
            assertThat(shop.requests).hasSize(3).allMatch(request -> request.connection() == 1);
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws Exception {
        try (RawBackend shop = new RawBackend("i1", (request, in, out) -> {
                    in.readNBytes(request.length());
                    RawBackend.say(out, request.line().split(" ")[1]);
                    return true;
                });
                RunningProxy proxy = new RunningProxy().to(shop.backend);
                RawClient client = proxy.connect()) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                all.append("POST /")
                        .append(i)
                        .append(" HTTP/1.1\r\nContent-Length: 2\r\n")
                        .append(HOST)
                        .append("\r\nxy");
            }
            client.send(all.toString());
            for (int i = 0; i < 50; i++) {
                assertThat(client.read().text()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void passes100ContinueAndTheBodyAfterIt() throws Exception {
        try (RawBackend shop = new RawBackend("i1", (request, in, out) -> {
                    RawBackend.raw(out, "HTTP/1.1 100 Continue\r\n\r\n");
                    RawBackend.say(out, new String(in.readNBytes(request.length())));
                    return true;
                });
                RunningProxy proxy = new RunningProxy().to(shop.backend);
                RawClient client = proxy.connect()) {
            client.send("PUT / HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(100);
            assertThat(client.send("body").read().text()).isEqualTo("body");
            assertThat(client.send(GET + "\r\n").read().status()).isEqualTo(200);
        }
    }

    @Test
    void passesAnEarlyAnswerToAnUploadAndGoesOn() throws Exception {
        try (RawBackend shop = answering("HTTP/1.1 413 Too big\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                RunningProxy proxy = new RunningProxy().to(shop.backend);
                RawClient client = proxy.connect()) {
            client.send("POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(413);
            client.send("3\r\nabc\r\n0\r\n\r\n");
            assertThat(client.send(GET + "\r\n").read().status()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nHOST\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHOST\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
                "POST / HTTP/1.1\r\nHOST\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nabcd",
                "POST / HTTP/1.1\r\nHOST\r\nContent-Length: 4, 4\r\n\r\nabcd",
                "POST / HTTP/1.1\r\nHOST\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nHOST\r\nContent-Length: +4\r\n\r\nabcd",
                "POST / HTTP/1.1\r\nHOST\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHOST\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHOST\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHOST\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHOST\r\nTransfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.0\r\nHOST\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHOST\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "POST / HTTP/1.1\r\nHOST\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
                "POST / HTTP/1.1\r\nHOST\r\nTransfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n",
                "GET / HTTP/1.1\nHOST\r\n\r\n",
                "GET / HTTP/1.1\r\nHOST\nX: y\r\n\r\n",
                "GET / HTTP/1.1\r\nHOST\r\nHOST\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHOST\r\n X: folded\r\n\r\n",
                "GET / HTTP/1.1\r\nHOST\r\nX\u0000Y: z\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a/../b\r\n\r\n",
                "GET noslash HTTP/1.1\r\nHOST\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHOST\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void refusesWhatCouldBeReadInTwoWays(String request) throws Exception {
        try (RawBackend shop = RawBackend.saying("i1", "hello");
                RunningProxy proxy = new RunningProxy().to(shop.backend);
                RawClient client = proxy.connect()) {
            RawClient.Response response = client.send(
                            request.replace("HOST\r\n", HOST).replace("HOST\n", HOST.replace("\r\n", "\n")))
                    .read();
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.field("connection")).contains("close");
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void limitsLinesAndFields() throws Exception {
        try (RawBackend shop = RawBackend.saying("i1", "hello");
                RunningProxy proxy =
                        new RunningProxy("max-request-line", "1000", "max-headers", "2000").to(shop.backend)) {
            assertThat(proxy.send("GET /" + "a".repeat(5000) + " HTTP/1.1\r\n" + HOST + "\r\n")
                            .status())
                    .isEqualTo(414);
            assertThat(proxy.send(GET + "X: " + "a".repeat(5000) + "\r\n\r\n").status())
                    .isEqualTo(431);
            assertThat(proxy.send(GET + "X: y\r\n".repeat(1000) + "\r\n").status())
                    .isEqualTo(431);
            assertThat(proxy.send("GET / HTTP/2.7\r\n" + HOST + "\r\n").status())
                    .isIn(400, 505);
            assertThat(proxy.send("CONNECT a:1 HTTP/1.1\r\n" + HOST + "\r\n").status())
                    .isEqualTo(405);
            assertThat(shop.requests).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
                "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n",
                "HTTP/1.0 2"
            })
    void turnsAnAnswerThatIsNoneInto502(String answer) throws Exception {
        try (RawBackend shop = answering(answer);
                RunningProxy proxy = new RunningProxy().to(shop.backend)) {
            assertThat(proxy.send("POST / HTTP/1.1\r\nContent-Length: 0\r\n" + HOST + "\r\n")
                            .status())
                    .isEqualTo(502);
        }
    }

    @Test
    void survivesRandomBytes() throws Exception {
        String seed = "POST /a HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\nConnection: x, close\r\n"
                + "Expect: 100-continue\r\n\r\n3\r\nabc\r\n0\r\nT: 1\r\n\r\n";
        Random random = new Random(20_160_517);
        try (RawBackend shop = RawBackend.saying("i1", "hello");
                RunningProxy proxy = new RunningProxy(
                                "body-timeout",
                                "100ms",
                                "header-timeout",
                                "100ms",
                                "response-timeout",
                                "200ms",
                                "keep-alive",
                                "100ms")
                        .to(shop.backend)) {
            for (int round = 0; round < 300; round++) {
                byte[] bytes = seed.getBytes();
                for (int change = random.nextInt(4); change >= 0; change--) {
                    bytes[random.nextInt(bytes.length)] =
                            (byte) (random.nextBoolean() ? random.nextInt(256) : "\r\n: ,;0".charAt(random.nextInt(7)));
                }
                try (RawClient client = proxy.connect()) {
                    client.send(bytes);
                    client.socket.shutdownOutput();
                    client.in.readAllBytes();
                } catch (java.net.SocketException reset) {
                    // as good an answer as any to such bytes
                }
            }
            Check.eventually("nothing left in flight", () -> proxy.proxy.inFlight("i1") == 0);
            assertThat(proxy.send(GET + "\r\n").text()).isEqualTo("hello");
        }
    }
}
