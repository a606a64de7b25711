package dev.slipway.platform.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.registry.blob.StoreTree;
import dev.slipway.registry.mirror.Upstream;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.replicate.Bandwidth;
import dev.slipway.registry.replicate.Copy;
import dev.slipway.registry.replicate.CopyQueue;
import dev.slipway.registry.replicate.Replicator;
import dev.slipway.registry.repository.Registry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryMetricsTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T09:00:00Z"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @TempDir
    Path root;

    private double gauge(String name, String target) {
        return meters.get(name).tag("target", target).gauge().value();
    }

    @Test
    void tellsOfEachTargetWhatWaitsAndHowLong() throws Exception {
        Registry registry = Registry.onFiles(root, now::get);
        List<Upstream> targets = List.of(
                new Upstream("dc-b", URI.create("http://127.0.0.1:1"), Optional.empty()),
                new Upstream("dc-c", URI.create("http://127.0.0.1:1"), Optional.empty()));
        Replicator replicator = new Replicator(
                targets, registry, new CopyQueue(new StoreTree(root)), Bandwidth.UNLIMITED, duration -> {}, now::get);
        RegistryMetrics metrics = new RegistryMetrics(meters, replicator);
        Digest image = Digest.sha256("an image".getBytes());
        replicator.replicate(Copy.of("dc-b", RepositoryName.parse("acme/shop"), image, Optional.empty(), 5, now.get()));
        now.updateAndGet(time -> time.plus(Duration.ofSeconds(90)));
        metrics.read();
        assertThat(gauge("slipway.registry.copies.waiting", "dc-b")).isEqualTo(1);
        assertThat(gauge("slipway.registry.copies.lag", "dc-b")).isEqualTo(90);
        assertThat(gauge("slipway.registry.copies.waiting", "dc-c")).isZero();
        assertThat(gauge("slipway.registry.copies.lag", "dc-c")).isZero();
        replicator.next();
        assertThat(meters.get("slipway.registry.copies.failed")
                        .functionCounter()
                        .count())
                .as("the image is not here")
                .isEqualTo(1);
        assertThat(meters.get("slipway.registry.copies.current.bytes").gauge().value())
                .as("nothing runs")
                .isZero();
    }
}
