package dev.slipway.platform.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.platform.proxy.ProxySettings;
import dev.slipway.platform.route.Backend;
import dev.slipway.platform.route.Route;
import dev.slipway.platform.route.RouteTable;
import dev.slipway.platform.route.RouteTableText;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy of a site whose control plane comes, changes its mind, and goes. */
class ProxyOnlyTest {
    private static final String HOST = "shop--acme.apps.localhost";
    private static final String TOKEN = "slp_test";

    @TempDir
    Path home;

    private HttpServer one;
    private HttpServer two;
    private Control control;

    @BeforeEach
    void start() throws IOException {
        one = app("one");
        two = app("two");
        control = new Control(0);
    }

    @AfterEach
    void stop() {
        one.stop(0);
        two.stop(0);
        control.stop();
    }

    /** The control plane as far as a proxy sees it. */
    private static final class Control {
        final HttpServer server;
        final List<OutputStream> followers = new CopyOnWriteArrayList<>();
        volatile RouteTable table = RouteTable.EMPTY;

        Control(int port) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/api/v1/routes", this::follow);
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        private void follow(HttpExchange exchange) throws IOException {
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            tell(exchange.getResponseBody());
            followers.add(exchange.getResponseBody());
        }

        void say(RouteTable now) throws IOException {
            table = now;
            for (OutputStream follower : followers) {
                tell(follower);
            }
        }

        private void tell(OutputStream follower) throws IOException {
            follower.write(
                    ("event:table\ndata:" + new String(RouteTableText.write(table), StandardCharsets.UTF_8) + "\n\n")
                            .getBytes(StandardCharsets.UTF_8));
            follower.flush();
        }

        void stop() {
            server.stop(0);
        }
    }

    private static HttpServer app(String text) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, text.length());
            exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        return server;
    }

    private static RouteTable to(HttpServer app) {
        Backend backend = new Backend("i-1", "127.0.0.1", app.getAddress().getPort());
        return new RouteTable(1, Map.of(HOST, Route.to("acme/shop", backend)));
    }

    private ProxySettings settings(String... keyValues) {
        Map<String, String> values = new HashMap<>(Map.of(
                "slipway.home", home.toString(),
                "slipway.proxy.host", "127.0.0.1",
                "slipway.proxy.port", "0",
                "slipway.proxy.threads", "1",
                "slipway.proxy.drain", "1s"));
        for (int i = 0; i < keyValues.length; i += 2) {
            values.put(keyValues[i], keyValues[i + 1]);
        }
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(values, "test", 200))
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(ProxySettings.class)
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(ProxySettings.class);
    }

    private ProxySettings following() {
        return settings("slipway.proxy.control", "http://127.0.0.1:" + control.port(), "slipway.proxy.token", TOKEN);
    }

    private static String ask(ProxyOnly proxy) {
        try (Socket socket =
                new Socket(proxy.address().getAddress(), proxy.address().getPort())) {
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + HOST + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        } catch (IOException cause) {
            return cause.toString();
        }
    }

    private static void until(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(20);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not within 20 s: " + what);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void servesWhatItIsToldAndGoesOnWhenNobodyTellsItAnything() throws IOException {
        control.table = to(one);
        try (ProxyOnly proxy = new ProxyOnly(following())) {
            until("the first table", () -> ask(proxy).equals("one"));
            control.say(to(two));
            until("the second", () -> ask(proxy).equals("two"));
            int port = control.port();
            control.stop();
            for (int i = 0; i < 20; i++) {
                assertThat(ask(proxy)).as("without a control plane").isEqualTo("two");
            }
            control = new Control(port);
            control.table = to(one);
            until("the next control plane", () -> ask(proxy).equals("one"));
        }
    }

    @Test
    void afterItsOwnRestartItServesFromDiskThoughTheControlPlaneIsGone() {
        control.table = to(one);
        try (ProxyOnly proxy = new ProxyOnly(following())) {
            until("the first table", () -> ask(proxy).equals("one"));
        }
        ProxySettings settings = following();
        control.stop();
        try (ProxyOnly again = new ProxyOnly(settings)) {
            assertThat(ask(again)).isEqualTo("one");
        }
    }

    @Test
    void aTableThatCannotBeReadIsNotServedAndAWrongTokenKeepsTheLast() throws IOException {
        control.table = to(one);
        try (ProxyOnly proxy = new ProxyOnly(following())) {
            until("the first table", () -> ask(proxy).equals("one"));
            for (OutputStream follower : control.followers) {
                follower.write("event:table\ndata:{\"format\":1,\"version\":2,\"routes\":{\"no host!\":{}}}\n\n"
                        .getBytes(StandardCharsets.UTF_8));
                follower.flush();
            }
            assertThat(ask(proxy)).isEqualTo("one");
            control.say(to(two));
            until("the one after it", () -> ask(proxy).equals("two"));
        }
        ProxySettings stranger = settings(
                "slipway.proxy.control", "http://127.0.0.1:" + control.port(), "slipway.proxy.token", "slp_wrong");
        try (ProxyOnly proxy = new ProxyOnly(stranger)) {
            assertThat(ask(proxy)).isEqualTo("two");
        }
    }

    @Test
    void itSaysWhatItHasToKnow() {
        assertThatThrownBy(() -> new ProxyOnly(settings()))
                .hasMessageContaining("slipway.proxy.control")
                .hasMessageContaining("http://10.0.0.1:8080");
        assertThatThrownBy(() -> new ProxyOnly(settings("slipway.proxy.control", "http://127.0.0.1:1")))
                .hasMessageContaining("slipway.proxy.token")
                .hasMessageContaining("platform-view");
    }
}
