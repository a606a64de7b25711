package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.exception.DockerException;
import dev.slipway.buildpacks.dockerfile.DockerfileBuilder;
import dev.slipway.buildpacks.dockerfile.DockerfileRequest;
import dev.slipway.buildpacks.dockerfile.DockerfileResult;
import dev.slipway.buildpacks.sandbox.Cancellation;
import dev.slipway.buildpacks.sandbox.OutputSink;
import dev.slipway.platform.runtime.BuiltImageTarget;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Builds Dockerfiles with the engine's classic builder and pushes the image into the registry. Layers made by one
 * repository's builds are never used by another's: the cache is limited to the repository's own last image.
 */
@ApplicationScoped
public class EngineDockerfileBuilder implements DockerfileBuilder {

    private static final int WAITING_BYTES = 1 << 20;
    private static final int KILLED = 137;

    private final DockerConnection connection;
    private final Engine engine;
    private final BuiltImages images;

    /** Prepares; nothing is sent yet. */
    @Inject
    public EngineDockerfileBuilder(DockerConnection connection, BuiltImageTarget target) {
        this.connection = connection;
        this.engine = connection.engine();
        this.images = new BuiltImages(engine, target, connection.settings());
    }

    @Override
    public DockerfileResult build(DockerfileRequest request, OutputSink output, Cancellation cancellation)
            throws InterruptedException {
        String tag = "slipway-built-" + Labels.shortName(connection.installation()) + "/" + request.repository();
        String group = "slipway-build-" + UUID.randomUUID();
        try (BuildGroup limits = BuildGroup.make(group, request.limits().pids(), driver())) {
            Map<String, String> labels = new TreeMap<>(Labels.of(connection.installation(), Labels.Kind.BUILT_IMAGE));
            String network = connection.networks().ofBuilds();
            String query = ImageBuild.query(request, tag + ":latest", network, limits.name(), labels);
            ImageBuild build = new ImageBuild(engine, output);
            DockerfileResult ended = run(request, build, query, cancellation);
            return ended != null ? ended : images.keep(build.imageId(), request);
        } catch (EngineFaultException e) {
            return new DockerfileResult.Unavailable(e.attempted() + " " + e.subject(), e.answer());
        } catch (RuntimeUnavailableException e) {
            return new DockerfileResult.Unavailable(
                    e.attempted() + " " + e.subject(), Objects.requireNonNullElse(e.getMessage(), "no answer"));
        } catch (EngineRefusedException | DockerException | IOException e) {
            return new DockerfileResult.Unavailable("build the Dockerfile", Engine.reason(e));
        }
    }

    private String driver() {
        return Objects.requireNonNullElse(
                engine.call(
                        "ask the settings of",
                        engine.socket().toString(),
                        () -> String.valueOf(
                                engine.client().infoCmd().exec().getRawValues().get("CgroupDriver"))),
                "");
    }

    private @org.jspecify.annotations.Nullable DockerfileResult run(
            DockerfileRequest request, ImageBuild build, String query, Cancellation cancellation)
            throws InterruptedException, IOException {
        BytePipe context = new BytePipe(WAITING_BYTES);
        ContextArchive archive = ContextArchive.of(request.context(), request.dockerfile());
        Future<?> writing = engine.work().submit(() -> write(archive, context));
        Future<?> building = engine.work().submit(() -> {
            build.run(query, context);
            return true;
        });
        try (var registration = cancellation.onRequest(() -> end(build, building))) {
            building.get(request.limits().time().toMillis(), TimeUnit.MILLISECONDS);
            return failure(request, build, cancellation);
        } catch (TimeoutException e) {
            return new DockerfileResult.TimedOut(request.limits().time());
        } catch (ExecutionException | java.util.concurrent.CancellationException e) {
            return cancellation.requested()
                    ? new DockerfileResult.Cancelled()
                    : new DockerfileResult.Unavailable("build the Dockerfile", Engine.reason(e));
        } finally {
            end(build, building);
            context.close();
            writing.cancel(true);
        }
    }

    private static void end(ImageBuild build, Future<?> building) {
        build.abort();
        building.cancel(true);
    }

    private static void write(ContextArchive archive, BytePipe context) {
        try (PipeOutput out = new PipeOutput(context)) {
            archive.writeTo(out);
        } catch (IOException e) {
            context.end();
        }
    }

    private static @org.jspecify.annotations.Nullable DockerfileResult failure(
            DockerfileRequest request, ImageBuild build, Cancellation cancellation) {
        if (cancellation.requested()) {
            return new DockerfileResult.Cancelled();
        }
        if (build.refused()) {
            return new DockerfileResult.OutputLimit();
        }
        if (build.errorCode() == KILLED) {
            return new DockerfileResult.OutOfMemory(request.limits().memoryBytes());
        }
        if (!build.error().isEmpty()) {
            return new DockerfileResult.Failed(build.instruction(), build.error());
        }
        return build.imageId().isEmpty()
                ? new DockerfileResult.Unavailable("build the Dockerfile", "the engine ended without an image")
                : null;
    }
}
