package dev.slipway.deploy.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.deploy.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real Keycloak with the realm that {@code deploy/keycloak} ships. */
final class Keycloak implements AutoCloseable {
    static final String ISSUER = "company";
    static final String SECRET = "a-secret-of-the-tests-0123456789";
    static final String PASSWORD = "correct horse battery";
    private static final Path HOME = Path.of("target/keycloak/keycloak-26.4.0").toAbsolutePath();
    private static final String ADMIN = "root";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final int port = freePort();
    private final Path log = Path.of("target/keycloak/keycloak.log");
    private Process process;

    /** Begins to start; {@link #await} waits for the end of that. */
    void start(URI slipway) {
        try {
            removeTree(HOME.resolve("data"));
            Path imports = Files.createDirectories(HOME.resolve("data/import"));
            Files.copy(
                    Path.of("keycloak/slipway-realm.json"),
                    imports.resolve("slipway-realm.json"),
                    StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(
                    HOME.resolve("bin/kc.sh"), java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            ProcessBuilder builder = new ProcessBuilder(List.of(
                            "bin/kc.sh", "start-dev", "--import-realm", "--http-host=127.0.0.1", "--http-port=" + port))
                    .directory(HOME.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "JAVA_HOME",
                            System.getProperty("java.home"),
                            "JAVA_OPTS_KC_HEAP",
                            "-Xmx512m",
                            "JAVA_OPTS_APPEND",
                            "-XX:TieredStopAtLevel=1 --add-opens=java.base/java.lang=ALL-UNNAMED",
                            "KC_BOOTSTRAP_ADMIN_USERNAME",
                            ADMIN,
                            "KC_BOOTSTRAP_ADMIN_PASSWORD",
                            PASSWORD,
                            "SLIPWAY_URL",
                            slipway.toString(),
                            "SLIPWAY_ISSUER",
                            ISSUER,
                            "SLIPWAY_CLIENT_SECRET",
                            SECRET));
            process = builder.start();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    void await() {
        Product.await("Keycloak at " + url(), 300, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("Keycloak ended:\n" + Files.readString(log));
            }
            return status(HttpRequest.newBuilder(URI.create(url() + "/.well-known/openid-configuration"))) == 200;
        });
    }

    String url() {
        return "http://127.0.0.1:" + port + "/realms/slipway";
    }

    String adminUrl() {
        return "http://127.0.0.1:" + port + "/admin/realms/slipway";
    }

    /** Makes a person with the tests' password in these groups, and returns the subject. */
    String person(String name, String... groups) {
        admin(
                "POST",
                "/users",
                Map.of(
                        "username",
                        name,
                        "enabled",
                        true,
                        "email",
                        name + "@example.com",
                        "emailVerified",
                        true,
                        "firstName",
                        name,
                        "lastName",
                        "Example",
                        "groups",
                        List.of(groups),
                        "credentials",
                        List.of(Map.of("type", "password", "value", PASSWORD, "temporary", false))));
        return admin("GET", "/users?exact=true&username=" + name, null)
                .get(0)
                .required("id")
                .asText();
    }

    void leave(String subject, String group) {
        String id = admin("GET", "/group-by-path" + group, null).required("id").asText();
        admin("DELETE", "/users/" + subject + "/groups/" + id, null);
    }

    /** Ends all sessions of a person, which Keycloak tells Slipway of. */
    void logout(String subject) {
        admin("POST", "/users/" + subject + "/logout", Map.of());
    }

    /** A bearer token of Keycloak's own administrator: signed by the same program, for another realm and audience. */
    String administratorsToken() {
        return post(
                        "http://127.0.0.1:" + port + "/realms/master/protocol/openid-connect/token",
                        Map.of(
                                "grant_type",
                                "password",
                                "client_id",
                                "admin-cli",
                                "username",
                                ADMIN,
                                "password",
                                PASSWORD))
                .required("access_token")
                .asText();
    }

    /** A token of the realm's own client for itself, which names the API as its audience but no person who came. */
    JsonNode post(String address, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return json(HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode admin(String method, String path, Object body) {
        try {
            return json(HttpRequest.newBuilder(URI.create(adminUrl() + path))
                    .header("Authorization", "Bearer " + administratorsToken())
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private JsonNode json(HttpRequest.Builder request) {
        HttpResponse<String> response = send(request);
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(response.uri() + ": " + response.statusCode() + " " + response.body());
        }
        try {
            return JSON.readTree(response.body().isBlank() ? "{}" : response.body());
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        try {
            return http.send(request.timeout(Duration.ofSeconds(5)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (java.net.ConnectException | java.net.http.HttpTimeoutException notYet) {
            return 0;
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    /** The script starts Java in its place or as its child; both are ended. */
    @Override
    public void close() {
        if (process == null) {
            return;
        }
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeTree(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> tree = Files.walk(root)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
