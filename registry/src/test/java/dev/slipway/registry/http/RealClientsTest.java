package dev.slipway.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clients people use, with a password and the tokens they fetch for it. */
class RealClientsTest {
    private static final String MINE = "dev.slipway.installation=registry-test-" + UUID.randomUUID();

    @TempDir
    Path temp;

    private RegistryServer server;
    private String image;

    @BeforeEach
    void start() throws IOException {
        server = new RegistryServer(temp.resolve("store"));
        image = server.host() + "/acme/real/client:v1";
        Path files = Files.createDirectory(temp.resolve("files"));
        byte[] content = new byte[3_000_000];
        new Random(11).nextBytes(content);
        Files.write(files.resolve("random"), content);
        Command.must(
                "tar", "-C", files.toString(), "-cf", temp.resolve("layer.tar").toString(), ".");
        Command.must("docker", "import", "--change", "LABEL " + MINE, layer(), image);
    }

    private String layer() {
        return temp.resolve("layer.tar").toString();
    }

    @AfterEach
    void stop() {
        Command.run("docker", "rmi", "-f", image);
        server.close();
    }

    private Command docker(String... arguments) {
        String[] command = new String[arguments.length + 3];
        command[0] = "docker";
        command[1] = "--config";
        command[2] = temp.resolve("docker").toString();
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        return Command.run(command);
    }

    private void login(String user) {
        Command ended = docker("login", "-u", user, "-p", user + "-secret", server.host());
        assertThat(ended.exit()).as(ended.output()).isZero();
    }

    @Test
    void dockerSignsInPushesAndPulls() {
        assertThat(docker("login", "-u", "alice", "-p", "wrong", server.host()).exit())
                .isNotZero();
        login("alice");
        Command push = docker("push", image);
        assertThat(push.exit()).as(push.output()).isZero();
        String id = Command.must("docker", "inspect", "-f", "{{.Id}}", image).output();
        Command.must("docker", "rmi", image);
        Command pull = docker("pull", image);
        assertThat(pull.exit()).as(pull.output()).isZero();
        assertThat(Command.must("docker", "inspect", "-f", "{{.Id}}", image).output())
                .isEqualTo(id);
        Command again = docker("push", image);
        assertThat(again.output()).contains("already exists");
    }

    @Test
    void dockerIsRefusedWhatIsAnothers() {
        login("bob");
        Command push = docker("push", image);
        assertThat(push.exit()).isNotZero();
        assertThat(push.output()).contains("denied");
        assertThat(server.registry.repositories()).isEmpty();
    }

    @Test
    void skopeoCopiesInspectsAndDeletes() {
        login("alice");
        assertThat(docker("push", image).exit()).isZero();
        String from = "docker://" + image;
        String to = "docker://" + server.host() + "/acme/copy:v2";
        Command.must(
                "skopeo",
                "copy",
                "--src-tls-verify=false",
                "--dest-tls-verify=false",
                "--format=oci",
                "--src-creds=alice:alice-secret",
                "--dest-creds=alice:alice-secret",
                from,
                to);
        String inspected = Command.must("skopeo", "inspect", "--tls-verify=false", "--creds=alice:alice-secret", to)
                .output();
        assertThat(inspected).contains("\"v2\"").contains("\"Architecture\": \"amd64\"");
        Path layout = temp.resolve("layout");
        Command.must(
                "skopeo",
                "copy",
                "--src-tls-verify=false",
                "--src-creds=alice:alice-secret",
                to,
                "oci:" + layout + ":x");
        assertThat(layout.resolve("index.json")).exists();
        assertThat(Command.run("skopeo", "inspect", "--tls-verify=false", "--creds=bob:bob-secret", to)
                        .exit())
                .isNotZero();
        Command.must("skopeo", "delete", "--tls-verify=false", "--creds=alice:alice-secret", to);
        assertThat(server.registry.getManifest(RepositoryName.parse("acme/copy"), new Tag("v2")))
                .isEmpty();
    }

    @Test
    void buildahPullsAndPushes() {
        login("alice");
        assertThat(docker("push", image).exit()).isZero();
        String copy = server.host() + "/acme/buildah:v3";
        buildah("pull", "--tls-verify=false", "--creds=alice:alice-secret", image);
        buildah("push", "--tls-verify=false", "--creds=alice:alice-secret", image, "docker://" + copy);
        assertThat(server.registry.getManifest(RepositoryName.parse("acme/buildah"), new Tag("v3")))
                .isPresent();
    }

    /** With a storage of its own that needs neither mounts nor privileges. */
    private void buildah(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "buildah",
                "--storage-driver=vfs",
                "--root=" + temp.resolve("buildah"),
                "--runroot=" + temp.resolve("buildah-run")));
        command.addAll(List.of(arguments));
        Command.must(command.toArray(String[]::new));
    }

    @Test
    void podmanPushesAndPulls() {
        login("alice");
        assertThat(docker("push", image).exit()).isZero();
        String copy = server.host() + "/acme/podman:v4";
        podman("pull", "-q", "--tls-verify=false", "--creds=alice:alice-secret", image);
        podman("push", "-q", "--tls-verify=false", "--creds=alice:alice-secret", image, "docker://" + copy);
        assertThat(server.registry.getManifest(RepositoryName.parse("acme/podman"), new Tag("v4")))
                .isPresent();
        podman("rmi", image);
        String pulled = podman("pull", "-q", "--tls-verify=false", "--creds=alice:alice-secret", copy)
                .output();
        assertThat(podman("image", "inspect", "--format={{.Id}}", copy).output())
                .isEqualTo(pulled);
    }

    /** With a storage of its own that needs neither mounts nor privileges. */
    private Command podman(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "podman",
                "--storage-driver=vfs",
                "--root=" + temp.resolve("podman"),
                "--runroot=" + temp.resolve("podman-run"),
                "--tmpdir=" + temp.resolve("podman-tmp")));
        command.addAll(List.of(arguments));
        return Command.must(command.toArray(String[]::new));
    }

    @Test
    void skopeoPullsWhatIsPublicWithoutSigningIn() {
        login("alice");
        String open = server.host() + "/public/image:v1";
        Command.must("docker", "tag", image, open);
        try {
            assertThat(docker("push", open).exit()).isZero();
            Command.must("skopeo", "inspect", "--no-creds", "--tls-verify=false", "docker://" + open);
            assertThat(Command.run("skopeo", "delete", "--no-creds", "--tls-verify=false", "docker://" + open)
                            .exit())
                    .isNotZero();
        } finally {
            Command.run("docker", "rmi", "-f", open);
        }
        assertThat(new String(
                        Client.as(server, "alice")
                                .get("/v2/public/image/manifests/v1")
                                .body(),
                        StandardCharsets.UTF_8))
                .contains("layers");
    }
}
