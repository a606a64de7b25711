package dev.slipway.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a person does with a running installation: the API with a token, and a real git client. */
final class Developer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Installation slipway;
    private final String token;

    private Developer(Installation slipway, String token) {
        this.slipway = slipway;
        this.token = token;
    }

    /** The first administrator, as Slipway wrote it down at its first start. */
    static Developer firstAdmin(Installation slipway) {
        return withToken(
                slipway,
                read(slipway.home().resolve("first-admin.json"))
                        .required("token")
                        .asText());
    }

    /** What opens the doors that take a password, such as the registry's. */
    String token() {
        return token;
    }

    static Developer withToken(Installation slipway, String token) {
        return new Developer(slipway, token);
    }

    HttpResponse<String> get(String path) {
        return slipway.send(api(path).GET());
    }

    HttpResponse<String> delete(String path) {
        return slipway.send(api(path).DELETE());
    }

    HttpResponse<String> post(String path, Map<String, ?> body) {
        return slipway.send(api(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.valueToTree(body).toString())));
    }

    HttpResponse<String> patch(String path, Map<String, ?> body) {
        return slipway.send(api(path)
                .header("Content-Type", "application/json")
                .method(
                        "PATCH",
                        HttpRequest.BodyPublishers.ofString(
                                JSON.valueToTree(body).toString())));
    }

    /** Makes a key pair and tells Slipway of it, so that {@link #sshRemote} and {@link #verb} can be used. */
    Developer withKey() {
        if (!Files.exists(key())) {
            Command.in(slipway.home())
                    .run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key().toString())
                    .orFail();
            try {
                made(post("/me/keys", Map.of("key", Files.readString(Path.of(key() + ".pub")))), "key");
            } catch (IOException cause) {
                throw new UncheckedIOException(cause);
            }
        }
        return this;
    }

    /** Runs {@code ssh slipway@host verb…}. */
    Command.Result verb(String... words) {
        List<String> command = new ArrayList<>(sshCommand());
        command.addAll(List.of(words));
        return Command.in(slipway.home()).run(command);
    }

    /** The words before a verb on ssh's command line. */
    List<String> sshCommand(String... options) {
        List<String> command = new ArrayList<>(sshClient());
        command.addAll(List.of(options));
        command.addAll(List.of("-p", String.valueOf(slipway.sshPort()), "slipway@127.0.0.1"));
        return command;
    }

    String sshRemote(String tenant, String app) {
        return "ssh://slipway@127.0.0.1:" + slipway.sshPort() + "/" + tenant + "/" + app + ".git";
    }

    private Path key() {
        return slipway.home().resolve("developer-key");
    }

    private List<String> sshClient() {
        return List.of(
                "ssh",
                "-i",
                key().toString(),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "LogLevel=ERROR");
    }

    /** Makes a tenant; already there is as good. */
    Developer tenant(String name) {
        return made(post("/tenants", Map.of("name", name)), "tenant " + name);
    }

    /** Makes an app; already there is as good. */
    Developer app(String tenant, String name) {
        return made(post("/tenants/" + tenant + "/apps", Map.of("name", name)), "app " + tenant + "/" + name);
    }

    String remote(String tenant, String app) {
        return slipway.controlPlane() + "/git/" + tenant + "/" + app + ".git";
    }

    Command.Result git(Path directory, String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Command.in(directory)
                .with(Map.of(
                        "GIT_TERMINAL_PROMPT",
                        "0",
                        "GIT_ASKPASS",
                        Path.of("lib/git-askpass").toAbsolutePath().toString(),
                        "GIT_SSH_COMMAND",
                        String.join(" ", sshClient()),
                        "SLIPWAY_TOKEN",
                        token))
                .run(command);
    }

    /** The body of an answer as JSON. */
    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException cause) {
            throw new AssertionError("not JSON: " + response.body(), cause);
        }
    }

    private HttpRequest.Builder api(String path) {
        return HttpRequest.newBuilder(slipway.controlPlane().resolve("/api/v1" + path))
                .header("Authorization", "Bearer " + token);
    }

    private Developer made(HttpResponse<String> response, String what) {
        if (response.statusCode() / 100 != 2 && response.statusCode() != 409) {
            throw new AssertionError(what + ": " + response.statusCode() + " " + response.body());
        }
        return this;
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
