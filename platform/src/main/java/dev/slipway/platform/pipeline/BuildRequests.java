package dev.slipway.platform.pipeline;

import dev.slipway.buildpacks.lifecycle.BuildRequest;
import dev.slipway.buildpacks.log.PushFormat;
import dev.slipway.buildpacks.sandbox.Limits;
import dev.slipway.buildpacks.sandbox.StackName;
import dev.slipway.platform.app.AppConfig;
import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.build.Build;
import dev.slipway.platform.release.Release;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.release.Releases;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Writes down for the lifecycle what is to be built, with which limits and where. */
@ApplicationScoped
class BuildRequests {
    private final BuildSources sources;
    private final Releases releases;
    private final AppConfig config;
    private final PipelineSettings settings;
    private final Path home;
    private final StackName stack;
    private final PushFormat format;

    BuildRequests(
            BuildSources sources,
            Releases releases,
            AppConfig config,
            PipelineSettings settings,
            @ConfigProperty(name = "slipway.home") Path home,
            StackName stack,
            @ConfigProperty(name = "slipway.registry.host") Optional<String> registry,
            @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int port) {
        this.sources = sources;
        this.releases = releases;
        this.config = config;
        this.settings = settings;
        this.home = home;
        this.stack = stack;
        this.format = new PushFormat(registry.orElse("127.0.0.1:" + port));
    }

    PushFormat format() {
        return format;
    }

    BuildRequest of(Build build, AppSettings app) {
        Optional<Digest> previous = app.liveRelease()
                .flatMap(id -> releases.find(new ReleaseId(id)))
                .map(Release::imageDigest)
                .map(Digest::parse);
        return new BuildRequest(
                build.id().toString(),
                RepositoryName.of(app.ref().tenant().value(), app.ref().app().value()),
                sources.of(build),
                stack,
                buildEnvironment(build, app),
                new Limits(
                        settings.buildCpuMillis(),
                        settings.buildMemoryBytes(),
                        settings.buildPids(),
                        settings.buildDiskBytes(),
                        settings.buildTime()),
                home.resolve("cache").resolve(app.id().value().toString()),
                workDirectory(build),
                previous);
    }

    /** Buildpacks may read the app's config, as the CNB platform directory gives it to them. */
    private Map<String, String> buildEnvironment(Build build, AppSettings app) {
        Map<String, String> environment = new java.util.HashMap<>(config.of(app.id()));
        environment.put("SOURCE_COMMIT", build.commit());
        return environment;
    }

    private Path workDirectory(Build build) {
        return home.resolve("builds").resolve(build.id().toString());
    }

    /** Removes what a build left in its directory. */
    void tidy(Build build) {
        Path directory = workDirectory(build);
        if (!Files.exists(directory)) {
            return;
        }
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + directory, e);
        }
    }
}
