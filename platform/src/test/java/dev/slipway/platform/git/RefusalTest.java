package dev.slipway.platform.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.git.AcceptedPush.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, with which words, and that nothing is stored by it. */
class RefusalTest {
    private static final GitLimits SMALL =
            new GitLimits(2 << 20, 1 << 20, 4L << 30, 20, 3, Duration.ofSeconds(10), Duration.ofMillis(100));

    @TempDir
    Path home;

    GitWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new GitWorld(home, SMALL);
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    @ParameterizedTest
    @EnumSource
    void oversizedPackAndObject(Transport transport) throws Exception {
        WorkingCopy copy = world.workingCopy("w");
        noise(copy, "large", 3 << 19);
        Commands.Outcome object = copy.tryGit("push", world.url(transport), "main");
        for (int i = 0; i < 6; i++) {
            noise(copy, "part" + i, 1 << 19);
        }
        copy.git("rm", "-q", "large");
        copy.git("commit", "-q", "--amend", "-m", "Parts");
        Commands.Outcome pack = copy.tryGit("push", world.url(transport), "main");

        assertThat(object.exit()).isNotZero();
        assertThat(object.output()).contains(" !     A file is larger than 1 MB");
        assertThat(pack.exit()).isNotZero();
        assertThat(pack.output()).contains(" !     The push is larger than 2 MB");
        assertThat(world.pushes).isEmpty();
        assertThat(world.remoteRef("refs/heads/main")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void tooManyFilesAndTooDeep(Transport transport) throws Exception {
        WorkingCopy copy = world.workingCopy("w");
        copy.commit("a/b/c/d/e", "deep");
        Commands.Outcome deep = copy.tryGit("push", world.url(transport), "main");
        copy.git("reset", "-q", "--hard", "HEAD~1");
        for (int i = 0; i < 25; i++) {
            Files.writeString(copy.directory.resolve("f" + i), "x");
        }
        copy.commitAll("Many");
        Commands.Outcome many = copy.tryGit("push", world.url(transport), "main");

        assertThat(deep.output()).contains("nested deeper than 3");
        assertThat(many.output()).contains("more than 20 files");
        assertThat(world.pushes).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void noSuchApp(Transport transport) throws Exception {
        WorkingCopy copy = world.workingCopy("w");
        for (String path : new String[] {"acme/none", "../shop", "acme/%2e%2e/shop", "acme/shop/../../etc"}) {
            String url = world.url(transport).replace("acme/shop", path);
            Commands.Outcome outcome = copy.tryGit("push", url, "main");
            assertThat(outcome.exit()).as(path).isNotZero();
            assertThat(outcome.output())
                    .as(path)
                    .containsAnyOf("There is no app", "names no app", "not found", "Not a git");
        }
        assertThat(world.pushes).isEmpty();
    }

    @Test
    void wrongTokenAndWrongKey() throws Exception {
        WorkingCopy copy = world.workingCopy("w");
        String url = world.url(Transport.HTTP).replace(GitWorld.TOKEN, "slp_wrong");

        Commands.Outcome token = copy.tryGit("push", url, "main");
        Commands.Outcome key =
                Commands.run(home, java.util.Map.of(), world.ssh("wrong").toArray(String[]::new));

        assertThat(token.exit()).isNotZero();
        assertThat(token.output()).contains("Authentication failed");
        assertThat(key.exit()).isEqualTo(255);
        assertThat(key.output()).contains("Permission denied (publickey)");
        HttpResponse<String> bare = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + world.httpPort()
                                        + "/git/acme/shop.git/info/refs?service=git-upload-pack"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(bare.statusCode()).isEqualTo(401);
        assertThat(bare.headers().firstValue("WWW-Authenticate").orElse("")).contains("Basic realm=\"Slipway\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void corruptPackPlainAndGzipped(boolean gzipped) throws Exception {
        WorkingCopy copy = world.workingCopy("w");
        String head = copy.git("rev-parse", "HEAD").strip();
        String command = "0".repeat(40) + " " + head + " refs/heads/main\0report-status side-band-64k";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(String.format("%04x", command.length() + 4).getBytes(StandardCharsets.US_ASCII));
        body.write(command.getBytes(StandardCharsets.US_ASCII));
        body.write("0000PACK\0\0\0\2\0\0\0\3garbage that is no object at all".getBytes(StandardCharsets.US_ASCII));
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + world.httpPort() + "/git/acme/shop.git/git-receive-pack"))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(("x:" + GitWorld.TOKEN).getBytes(StandardCharsets.UTF_8)));
        if (gzipped) {
            request.header("Content-Encoding", "gzip");
        }

        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        request.POST(HttpRequest.BodyPublishers.ofByteArray(
                                        gzipped ? gzip(body.toByteArray()) : body.toByteArray()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(response.body())
                .contains("The pack is damaged or incomplete")
                .contains("unpack error corrupt pack")
                .contains("ng refs/heads/main");
        assertThat(world.remoteRef("refs/heads/main")).isEmpty();
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    private static void noise(WorkingCopy copy, String file, int bytes) throws Exception {
        byte[] content = new byte[bytes];
        new Random(file.hashCode()).nextBytes(content);
        Files.write(copy.directory.resolve(file), content);
        copy.commitAll("Add " + file);
    }
}
