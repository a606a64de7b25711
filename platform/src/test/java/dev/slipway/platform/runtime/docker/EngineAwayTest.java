package dev.slipway.platform.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.platform.runtime.RuntimeUnavailableException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine that is away, hangs, or comes back. */
@Timeout(60)
class EngineAwayTest {

    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 19\r\n"
            + "Connection: close\r\n\r\n{\"Version\":\"9.9.9\"}";

    @TempDir
    Path directory;

    private TestEngine engine(Path socket) {
        return new TestEngine(Map.of(
                "slipway.docker.socket", socket.toString(),
                "slipway.docker.response-timeout", "PT0.5S",
                "slipway.docker.firewall", "false"));
    }

    private static ServerSocketChannel listen(Path socket) throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        return server;
    }

    /** Answers each connection with one answer, or never. */
    private static void serve(ServerSocketChannel server, TestEngine engine, boolean answers, AtomicInteger calls) {
        engine.work.execute(() -> {
            try {
                while (true) {
                    SocketChannel connection = server.accept();
                    engine.work.execute(() -> answer(connection, answers, calls));
                }
            } catch (IOException closed) {
                calls.incrementAndGet();
            }
        });
    }

    private static void answer(SocketChannel connection, boolean answers, AtomicInteger calls) {
        try {
            connection.read(ByteBuffer.allocate(8_192));
            calls.incrementAndGet();
            if (answers) {
                connection.write(ByteBuffer.wrap(ANSWER.getBytes(StandardCharsets.US_ASCII)));
                connection.close();
            }
        } catch (IOException closed) {
            calls.incrementAndGet();
        }
    }

    @Test
    void isAwayAndComesBackWithoutARestart() throws Exception {
        Path socket = directory.resolve("docker.sock");
        TestEngine engine = engine(socket);
        assertThat(engine.runtime.health().available()).isFalse();
        assertThatThrownBy(engine.runtime::observe).isInstanceOf(RuntimeUnavailableException.class);
        try (ServerSocketChannel server = listen(socket)) {
            serve(server, engine, true, new AtomicInteger());
            assertThat(engine.runtime.health().version()).isEqualTo("Docker Engine 9.9.9");
        }
        assertThat(engine.runtime.health().available()).isFalse();
        try (ServerSocketChannel server = listen(socket)) {
            serve(server, engine, true, new AtomicInteger());
            assertThat(engine.runtime.health().available()).isTrue();
        }
        engine.work.shutdownNow();
    }

    @Test
    void anEngineThatHangsIsNotWaitedForLongerThanItsTime() throws Exception {
        Path socket = directory.resolve("docker.sock");
        TestEngine engine = engine(socket);
        try (ServerSocketChannel server = listen(socket)) {
            serve(server, engine, false, new AtomicInteger());
            assertThatThrownBy(engine.runtime::observe)
                    .isInstanceOf(RuntimeUnavailableException.class)
                    .hasMessageContaining("did not answer");
            assertThatThrownBy(() -> engine.runtime.watch(event -> {})).isInstanceOf(RuntimeUnavailableException.class);
        }
        engine.work.shutdownNow();
    }
}
