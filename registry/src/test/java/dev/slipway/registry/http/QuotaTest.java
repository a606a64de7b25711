package dev.slipway.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.registry.collect.Collector;
import dev.slipway.registry.collect.Retention;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.repository.CountedQuota;
import dev.slipway.registry.repository.ImageSummary;
import dev.slipway.registry.repository.RepositoryUsage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that an account may keep: counted once, refused before they are taken, given back. */
class QuotaTest {
    private static final int LIMIT = 100_000;
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final CountedQuota quota = new CountedQuota(LIMIT);
    private RegistryServer server;
    private Client alice;

    @BeforeEach
    void start(@TempDir Path root) {
        server = new RegistryServer(root, RegistryServer.LIMITS, quota);
        alice = Client.as(server, "alice");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static byte[] bytes(int length, int value) {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) value);
        return content;
    }

    @Test
    void countsABlobOnceForAllRepositoriesOfAnAccount() {
        Digest digest = alice.pushBlob("acme/shop", bytes(60_000, 1)).digest();
        alice.pushBlob("acme/other", bytes(60_000, 1));
        assertThat(alice.post("/v2/acme/third/blobs/uploads/?mount=" + digest + "&from=acme/shop")
                        .statusCode())
                .isEqualTo(201);
        assertThat(quota.used("acme")).isEqualTo(60_000);
        Client.as(server, "bob").pushBlob("rival/shop", bytes(60_000, 1));
        assertThat(quota.used("rival")).as("another account pays for itself").isEqualTo(60_000);
        for (String name : List.of("shop", "other")) {
            assertThat(alice.delete("/v2/acme/" + name + "/blobs/" + digest).statusCode())
                    .isEqualTo(202);
            assertThat(quota.used("acme")).isEqualTo(60_000);
        }
        assertThat(alice.delete("/v2/acme/third/blobs/" + digest).statusCode()).isEqualTo(202);
        assertThat(quota.used("acme")).isZero();
    }

    @Test
    void refusesBeforeItTakesAByteWhereTheSizeIsKnown() {
        alice.pushBlob("acme/shop", bytes(90_000, 1));
        byte[] more = bytes(20_000, 2);
        String upload = alice.beginUpload("acme/shop");
        for (HttpResponse<byte[]> refused : List.of(
                alice.send(
                        "POST",
                        "/v2/acme/shop/blobs/uploads/?digest=" + Digest.sha256(more),
                        BodyPublishers.ofByteArray(more)),
                alice.patch(upload, more),
                alice.put(upload + "?digest=" + Digest.sha256(more), more))) {
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(Client.code(refused)).isEqualTo("DENIED");
            assertThat(Client.json(refused)
                            .path("errors")
                            .path(0)
                            .path("detail")
                            .asText())
                    .isEqualTo("acme may keep 100000 bytes and keeps 90000; delete images");
        }
        assertThat(alice.get(upload).headers().firstValue("Range"))
                .as("nothing was taken")
                .contains("0-0");
    }

    @Test
    void refusesAStreamOfUnknownLengthWhenTheRoomEnds() {
        String upload = alice.beginUpload("acme/shop");
        HttpResponse<byte[]> refused = alice.send(
                "PATCH", upload, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes(3_000_000, 3))));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(quota.used("acme")).isZero();
    }

    @Test
    void takesWhatIsPaidForAlreadyThoughNoRoomIsLeft() {
        byte[] content = bytes(LIMIT, 4);
        alice.pushBlob("acme/shop", content);
        assertThat(alice.pushBlob("acme/other", content).size()).isEqualTo(LIMIT);
    }

    @Test
    void isExactWhenManyPushAtOnce() {
        List<CompletableFuture<Boolean>> pushes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 24; i++) {
                int number = i;
                pushes.add(CompletableFuture.supplyAsync(() -> pushed(number), threads));
            }
            pushes.forEach(CompletableFuture::join);
        }
        long taken = pushes.stream().filter(CompletableFuture::join).count();
        assertThat(quota.used("acme")).as("ten blobs fit, and ten are charged").isEqualTo(LIMIT);
        assertThat(taken).as("each of the ten by both its pushers").isEqualTo(20);
        assertThat(held("acme/r0")).isEqualTo(LIMIT).isEqualTo(held("acme/r1"));
    }

    /** Twelve blobs of 10,000 bytes, each by two pushers into two repositories. */
    private boolean pushed(int number) {
        byte[] content = bytes(10_000, number % 12);
        Descriptor blob = server.registry.blobs().write(MediaType.OCI_LAYER, content);
        try {
            server.registry.linkBlob(RepositoryName.parse("acme/r" + number / 12), blob.digest());
            return true;
        } catch (RegistryException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
            return false;
        }
    }

    @Test
    void givesBackWhatTheCleanUpTakesAndSetsRightWhatWasNeverCharged() {
        Digest old = alice.pushImage("acme/shop", "v1", "layer one");
        alice.pushImage("acme/shop", "v1", "layer two, which is longer");
        long both = quota.used("acme");
        server.clock.forward(GRACE.plusMinutes(1));
        new Collector(server.registry, Retention.tagsOnly(), GRACE, server.clock).collect(false);
        assertThat(server.registry.getManifest(RepositoryName.parse("acme/shop"), old))
                .isEmpty();
        assertThat(quota.used("acme")).isLessThan(both - 9).isEqualTo(held("acme/shop"));
        quota.settle("acme", Map.of());
        server.registry.settleCharges();
        assertThat(quota.used("acme")).isEqualTo(held("acme/shop"));
    }

    private long held(String repository) {
        return server.registry.usage().stream()
                .filter(usage -> usage.repository().value().equals(repository))
                .mapToLong(RepositoryUsage::bytes)
                .sum();
    }

    @Test
    void warnsWhoeverPushesWhileLittleIsLeft() {
        alice.pushBlob("acme/shop", bytes(95_000, 1));
        byte[] manifest = alice.image("acme/shop", "small").toBytes();
        HttpResponse<byte[]> answer = alice.putManifest("acme/shop", "v1", MediaType.OCI_MANIFEST, manifest);
        assertThat(answer.headers().firstValue("Warning")).contains("299 - \"acme is \\\"nearly\\\" full\"");
    }

    @Test
    void tellsWhatIsThereAndWhoBroughtIt() {
        Digest digest = alice.pushImage("acme/shop", "v1", "shared layer");
        alice.pushImage("acme/other", "v1", "shared layer");
        alice.pushImage("acme/other", "v2", "own layer");
        ImageSummary image =
                server.registry.images(RepositoryName.parse("acme/shop")).getFirst();
        assertThat(image.digest()).isEqualTo(digest);
        assertThat(image.pushedBy()).contains("alice");
        assertThat(image.tags()).hasToString("[v1]");
        assertThat(image.layers()).hasSize(1);
        assertThat(image.bytes()).isEqualTo(held("acme/shop"));
        List<RepositoryUsage> usage = server.registry.usage();
        assertThat(usage).extracting(RepositoryUsage::ownBytes).first().matches(bytes -> bytes > 0);
        assertThat(usage).extracting(RepositoryUsage::ownBytes).last().isEqualTo(0L);
    }
}
