package dev.slipway.buildpacks.lifecycle;

import dev.slipway.buildpacks.BuildpacksSettings;
import dev.slipway.buildpacks.dockerfile.DockerfileBuilder;
import dev.slipway.buildpacks.dockerfile.DockerfileResult;
import dev.slipway.buildpacks.image.BaseImage;
import dev.slipway.buildpacks.log.BuildEvent;
import dev.slipway.buildpacks.log.PushFormat;
import dev.slipway.buildpacks.sandbox.Cancellation;
import dev.slipway.buildpacks.sandbox.Limits;
import dev.slipway.buildpacks.sandbox.LocalSandbox;
import dev.slipway.buildpacks.sandbox.StackName;
import dev.slipway.buildpacks.source.DirectorySource;
import dev.slipway.buildpacks.source.SourceTree;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageConfig;
import dev.slipway.registry.oci.ImageManifest;
import dev.slipway.registry.oci.LaunchConfig;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.Platform;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import dev.slipway.registry.repository.Registry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A lifecycle over a real registry and a sandbox of this machine, for one app at a time. */
public final class Workbench {

    static final Path BUNDLED = Path.of("bundled").toAbsolutePath();

    final Path home;
    final Registry registry;
    final LocalSandbox sandbox;
    final List<String> lines = new ArrayList<>();
    final List<BuildEvent> events = new ArrayList<>();
    Map<String, String> variables = new HashMap<>();
    Duration time = Duration.ofMinutes(5);
    long maxOutput = 5_000_000;
    DockerfileBuilder dockerfiles =
            (request, output, cancellation) -> new DockerfileResult.Failed("FROM x", "no engine");
    Optional<Digest> previous = Optional.empty();
    Cancellation cancellation = new Cancellation();
    private int builds;

    Workbench(Path home) throws IOException {
        this(home, BUNDLED);
    }

    Workbench(Path home, Path buildpacks) throws IOException {
        this.home = home;
        this.directory = buildpacks;
        Files.createDirectories(home);
        registry = Registry.onFiles(home.resolve("registry"), Clock.systemUTC());
        sandbox = new LocalSandbox(home.resolve("sandboxes"), buildpacks, Map.of());
        putRunImage();
    }

    private final Path directory;

    static RepositoryName repository() {
        return RepositoryName.parse("acme/shop");
    }

    /** A source tree in memory: path to text; a path that ends with * is executable. */
    static SourceTree files(Map<String, String> files) {
        Map<String, String> sorted = new TreeMap<>(files);
        return target -> {
            for (Map.Entry<String, String> file : sorted.entrySet()) {
                boolean executable = file.getKey().endsWith("*");
                target.file(
                        file.getKey().replace("*", ""),
                        executable,
                        new ByteArrayInputStream(file.getValue().getBytes(StandardCharsets.UTF_8)));
            }
        };
    }

    BuildOutcome build(Map<String, String> files) throws InterruptedException {
        return build(files(files));
    }

    BuildOutcome build(Path directory) throws InterruptedException {
        return build(new DirectorySource(directory));
    }

    BuildOutcome build(SourceTree source) throws InterruptedException {
        lines.clear();
        events.clear();
        PushFormat format = new PushFormat("127.0.0.1:8080");
        BuildRequest request = new BuildRequest(
                "build-" + ++builds,
                repository(),
                source,
                StackName.parse("slipway:1"),
                variables,
                new Limits(1000, 1L << 30, 512, 10L << 30, time),
                home.resolve("cache"),
                home.resolve("work-" + builds),
                previous);
        BuildOutcome outcome = new Lifecycle(sandbox, dockerfiles, registry, settings(), Clock.systemUTC())
                .build(
                        request,
                        event -> {
                            events.add(event);
                            lines.addAll(format.lines(event));
                        },
                        cancellation);
        if (outcome instanceof BuildOutcome.Built built) {
            previous = Optional.of(built.image());
        }
        return outcome;
    }

    BuildOutcome.Built built(Map<String, String> files) throws InterruptedException {
        BuildOutcome outcome = build(files);
        if (outcome instanceof BuildOutcome.Built built) {
            return built;
        }
        throw new AssertionError("The build failed:\n" + String.join("\n", lines));
    }

    /** Every file of the image: path to mode, target or content, upper layers winning. */
    Map<String, String> content(Digest image) throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        for (Descriptor layer : read(image).manifest().layers()) {
            if (layer.mediaType().equals(MediaType.OCI_LAYER)) {
                continue;
            }
            try (TarArchiveInputStream tar = new TarArchiveInputStream(
                    new GZIPInputStream(registry.blobs().open(layer.digest())))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    found.put(
                            entry.getName(),
                            entry.isSymbolicLink()
                                    ? "-> " + entry.getLinkName()
                                    : entry.getSize() < 100_000
                                            ? new String(tar.readAllBytes(), StandardCharsets.UTF_8)
                                            : entry.getSize() + " bytes");
                }
            }
        }
        return found;
    }

    BaseImage read(Digest image) throws IOException {
        return BaseImage.read(registry, repository(), image).orElseThrow();
    }

    private void putRunImage() throws IOException {
        RepositoryName name = RepositoryName.parse("slipway/run");
        Descriptor layer = registry.blobs().write(MediaType.OCI_LAYER_GZIP, new byte[] {1, 2, 3});
        ImageConfig config = new ImageConfig(
                Platform.LINUX_AMD64,
                Optional.empty(),
                LaunchConfig.EMPTY.withUser("1000:1000").withEnvironment(List.of("PATH=/usr/bin:/bin", "LANG=C.UTF-8")),
                List.of(Digest.sha256(new byte[] {1})),
                List.of());
        Descriptor configBlob = registry.blobs().write(MediaType.OCI_CONFIG, config.toBytes());
        registry.linkBlob(name, layer.digest());
        registry.linkBlob(name, configBlob.digest());
        registry.putManifest(
                name,
                Tag.parse("1"),
                MediaType.OCI_MANIFEST,
                ImageManifest.of(configBlob, List.of(layer.withMediaType(MediaType.OCI_LAYER)))
                        .toBytes());
    }

    private BuildpacksSettings settings() {
        return new BuildpacksSettings() {
            @Override
            public Path directory() {
                return directory;
            }

            @Override
            public Path layerIndex() {
                return home.resolve("layer-index");
            }

            @Override
            public long maxSourceBytes() {
                return 100_000_000;
            }

            @Override
            public int maxSourceFiles() {
                return 10_000;
            }

            @Override
            public long maxOutputBytes() {
                return maxOutput;
            }
        };
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
