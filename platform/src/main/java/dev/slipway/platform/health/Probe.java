package dev.slipway.platform.health;

import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.release.Check;
import dev.slipway.platform.runtime.CommandLimits;
import dev.slipway.platform.runtime.CommandResult;
import dev.slipway.platform.runtime.NoSuchInstanceException;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.runtime.Runtimes;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;

/** Asks one instance once. Blocking, bounded by the check's own time limit. */
@ApplicationScoped
public class Probe {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final int OUTPUT = 64 << 10;
    private static final int QUOTED = 200;

    private final Runtimes runtimes;

    Probe(Runtimes runtimes) {
        this.runtimes = runtimes;
    }

    /** An answer to a probe. */
    public sealed interface Answer {
        /** The check passes. */
        record Passed() implements Answer {}

        /** @param reason what came back instead, as the end of a sentence */
        record NotPassed(String reason) implements Answer {}

        /** @param reason why the instance could not be asked, which tells nothing about it */
        record NotAsked(String reason) implements Answer {}
    }

    /** Asks an instance. */
    public Answer ask(Check check, Instance instance) {
        return switch (check) {
            case Check.Tcp tcp -> at(instance, Probe::connect);
            case Check.Http http -> at(instance, endpoint -> get(http, endpoint.host(), endpoint.port()));
            case Check.Command command -> run(command, instance);
            case Check.Running running -> new Answer.Passed();
        };
    }

    private static Answer at(Instance instance, Function<Instance.Endpoint, Answer> question) {
        return instance.endpoint().map(question).orElseGet(() -> new Answer.NotPassed("it has no address"));
    }

    private Answer run(Check.Command check, Instance instance) {
        String command = check.text();
        try {
            return switch (runtimes.of(instance.site())
                    .exec(instance.id(), check.words(), new CommandLimits(check.timeout(), OUTPUT))) {
                case CommandResult.Exited exited when exited.code() == 0 -> new Answer.Passed();
                case CommandResult.Exited exited ->
                    new Answer.NotPassed(command + " exits with code " + exited.code() + said(exited.output()));
                case CommandResult.TimedOut late ->
                    new Answer.NotPassed(command + " does not end within "
                            + check.timeout().toMillis() + " ms" + said(late.output()));
                case CommandResult.NotPossible not ->
                    new Answer.NotPassed(command + " cannot be run: " + not.reason()
                            + ". Declare an HTTP check in app.json, or none");
                case CommandResult.TooMuchOutput much ->
                    new Answer.NotPassed(command + " prints more than " + (OUTPUT >> 10) + " KB");
            };
        } catch (NoSuchInstanceException e) {
            return new Answer.NotPassed("it does not run");
        } catch (RuntimeUnavailableException e) {
            return new Answer.NotAsked(String.valueOf(e.getMessage()));
        }
    }

    /** The last line of what a command printed, for the end of a sentence. */
    private static String said(String output) {
        String last = output.lines()
                .filter(line -> !line.isBlank())
                .reduce("", (one, next) -> next)
                .strip();
        return last.isEmpty() ? "" : ": " + (last.length() > QUOTED ? last.substring(0, QUOTED) + "…" : last);
    }

    private static Answer connect(Instance.Endpoint at) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(at.host(), at.port()), (int) CONNECT.toMillis());
            return new Answer.Passed();
        } catch (IOException e) {
            return new Answer.NotPassed("nothing accepts connections on port " + at.port());
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
