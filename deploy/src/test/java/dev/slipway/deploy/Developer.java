package dev.slipway.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Makes a tenant; already there is as good. */
    Developer tenant(String name) {
        return made(post("/tenants", Map.of("name", name)), "tenant " + name);
    }

    /** Makes an app; already there is as good. */
    Developer app(String tenant, String name) {
        return made(post("/tenants/" + tenant + "/apps", Map.of("name", name)), "app " + tenant + "/" + name);
    }

    /** A new repository with a copy of a sample in it, committed on {@code main}. */
    Path repository(String sample) {
        Path source = Path.of("samples", sample);
        try {
            Path directory = Files.createTempDirectory(slipway.home(), "source");
            try (var tree = Files.walk(source)) {
                for (Path from : tree.toList()) {
                    Path to = directory.resolve(source.relativize(from).toString());
                    if (!to.equals(directory)) {
                        Files.copy(from, to);
                    }
                }
            }
            git(directory, "init", "-q", "-b", "main").orFail();
            commit(directory, "Begin");
            return directory;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    void commit(Path repository, String message) {
        git(repository, "add", "-A").orFail();
        git(repository, "-c", "user.name=Test", "-c", "user.email=test@localhost", "commit", "-q", "-m", message)
                .orFail();
    }

    /** Pushes {@code main} over HTTP; the output is what the developer sees. */
    Command.Result push(Path repository, String tenant, String app) {
        return git(repository, "push", remote(tenant, app), "main");
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
