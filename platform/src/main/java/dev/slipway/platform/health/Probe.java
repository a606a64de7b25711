package dev.slipway.platform.health;

import dev.slipway.platform.release.Check;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;

/** Asks one instance once. Blocking, bounded by the check's own time limit. */
public final class Probe {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private Probe() {}

    /** An answer to a probe. */
    public sealed interface Answer {
        /** The check passes. */
        record Passed() implements Answer {}

        /** @param reason what came back instead, as the end of a sentence */
        record NotPassed(String reason) implements Answer {}
    }

    /** Asks the instance that listens on host and port. */
    public static Answer ask(Check check, String host, int port) {
        return switch (check) {
            case Check.Tcp tcp -> connect(host, port);
            case Check.Http http -> get(http, host, port);
            case Check.Running running -> new Answer.Passed();
        };
    }

    private static Answer connect(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) CONNECT.toMillis());
            return new Answer.Passed();
        } catch (IOException e) {
            return new Answer.NotPassed("nothing accepts connections on port " + port);
        }
    }

    private static Answer get(Check.Http http, String host, int port) {
        HttpURLConnection connection = null;
        try {
            connection = (HttpURLConnection) URI.create("http://" + host + ":" + port + http.path())
                    .toURL()
                    .openConnection();
            connection.setConnectTimeout((int) CONNECT.toMillis());
            connection.setReadTimeout((int) http.timeout().toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("User-Agent", "slipway-health");
            int status = connection.getResponseCode();
            if (status >= 200 && status < 400) {
                drain(connection);
                return new Answer.Passed();
            }
            return new Answer.NotPassed("GET " + http.path() + " is answered with status " + status);
        } catch (SocketTimeoutException e) {
            return new Answer.NotPassed("GET " + http.path() + " is not answered within "
                    + http.timeout().toMillis() + " ms");
        } catch (IOException e) {
            return new Answer.NotPassed("nothing answers GET " + http.path() + " on port " + port);
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    private static void drain(HttpURLConnection connection) throws IOException {
        try (InputStream body = connection.getInputStream()) {
            body.readNBytes(64 << 10);
        }
    }
}
