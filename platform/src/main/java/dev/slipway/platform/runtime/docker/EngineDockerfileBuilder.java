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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds Dockerfiles with the engine's classic builder and pushes the image into the registry. Layers made by one
 * repository's builds are never used by another's: the cache is limited to the repository's own last image.
 */
@ApplicationScoped
public class EngineDockerfileBuilder implements DockerfileBuilder {

    private static final int WAITING_BYTES = 1 << 20;
    private static final int KILLED = 137;
    private static final Duration LOOK = Duration.ofMillis(250);

    private final DockerConnection connection;
    private final BuiltImageTarget target;
    private final Engine engine;
    private final BuiltImages images;
    private final SandboxSettings settings;
    private final InstantSource clock;
    private final Supplier<String> driver;

    /** Prepares; nothing is sent yet. */
    @Inject
    public EngineDockerfileBuilder(
            DockerConnection connection, BuiltImageTarget target, SandboxSettings settings, InstantSource clock) {
        this(connection, target, settings, clock, () -> driver(connection.engine()));
    }

    /** @param driver tells the engine's driver of control groups */
    EngineDockerfileBuilder(
            DockerConnection connection,
            BuiltImageTarget target,
            SandboxSettings settings,
            InstantSource clock,
            Supplier<String> driver) {
        this.connection = connection;
        this.target = target;
        this.settings = settings;
        this.clock = clock;
        this.driver = driver;
        this.engine = connection.engine();
        this.images = new BuiltImages(engine, target, connection.settings());
    }

    @Override
    public DockerfileResult build(DockerfileRequest request, OutputSink output, Cancellation cancellation)
            throws InterruptedException {
        try {
            Optional<DockerfileBases.Refusal> refusal = DockerfileBases.refusal(
                    Files.readString(request.context().resolve(request.dockerfile()), StandardCharsets.ISO_8859_1),
                    request.buildArguments(),
                    target.registry() + "/" + request.repository() + "@");
            if (refusal.isPresent()) {
                return new DockerfileResult.Failed(
                        refusal.get().instruction(), refusal.get().sentence());
            }
        } catch (IOException e) {
            return new DockerfileResult.Unavailable("read the Dockerfile", Engine.reason(e));
        }
        String tag = "slipway-built-" + Labels.shortName(connection.installation()) + "/" + request.repository();
        String id = UUID.randomUUID().toString().replace("-", "");
        try (BuildGroup group = BuildGroup.make(id, request.limits().pids(), driver.get())) {
            Map<String, String> labels = new TreeMap<>(Labels.of(connection.installation(), Labels.Kind.BUILT_IMAGE));
            String network = connection.networks().ofBuilds();
            String query = ImageBuild.query(request, tag + ":latest", network, group.name(), labels);
            ImageBuild build = new ImageBuild(engine, output);
            BuildContainers containers =
                    new BuildContainers(engine, network, group, request.limits().pids());
            DockerfileResult ended = run(request, build, query, containers, cancellation);
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

    private static String driver(Engine engine) {
        return Objects.requireNonNullElse(
                engine.call(
                        "ask the settings of",
                        engine.address().toString(),
                        () -> String.valueOf(
                                engine.client().infoCmd().exec().getRawValues().get("CgroupDriver"))),
                "");
    }

    private @Nullable DockerfileResult run(
            DockerfileRequest request,
            ImageBuild build,
            String query,
            BuildContainers containers,
            Cancellation cancellation)
            throws InterruptedException, IOException {
        BytePipe context = new BytePipe(WAITING_BYTES);
        ContextArchive archive = ContextArchive.of(request.context(), request.dockerfile());
        Future<?> writing = engine.work().submit(() -> write(archive, context));
        Future<?> building = engine.work().submit(() -> {
            build.run(query, context);
            return true;
        });
        try (var registration = cancellation.onRequest(() -> end(build, building))) {
            DockerfileResult ended = await(request, building, containers);
            return ended != null ? ended : failure(request, build, cancellation);
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

    /** Waits for the end of the build, or tells by which limit it is to be ended. */
    private @Nullable DockerfileResult await(DockerfileRequest request, Future<?> building, BuildContainers containers)
            throws InterruptedException, ExecutionException, IOException {
        DiskWatch disk = new DiskWatch(
                enough -> containers.bytes(),
                request.limits().diskBytes(),
                request.context(),
                settings.minimumFreeDisk(),
                clock);
        Instant deadline = clock.instant().plus(request.limits().time());
        while (true) {
            Duration left = Duration.between(clock.instant(), deadline);
            if (!left.isPositive()) {
                return new DockerfileResult.TimedOut(request.limits().time());
            }
            if (ended(building, left.compareTo(LOOK) < 0 ? left : LOOK)) {
                return null;
            }
            OptionalLong free = disk.tooFull();
            if (free.isPresent()) {
                return new DockerfileResult.Unavailable(
                        "go on with the build", "the disk has only " + free.getAsLong() + " bytes left");
            }
            containers.confine();
            if (disk.exceeded()) {
                return new DockerfileResult.DiskLimit(request.limits().diskBytes());
            }
        }
    }

    private static boolean ended(Future<?> building, Duration atMost) throws InterruptedException, ExecutionException {
        try {
            building.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
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

    private static @Nullable DockerfileResult failure(
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
