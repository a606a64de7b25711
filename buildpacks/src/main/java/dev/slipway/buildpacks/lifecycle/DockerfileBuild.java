package dev.slipway.buildpacks.lifecycle;

import dev.slipway.buildpacks.dockerfile.DockerfileBuilder;
import dev.slipway.buildpacks.dockerfile.DockerfileRequest;
import dev.slipway.buildpacks.dockerfile.DockerfileResult;
import dev.slipway.buildpacks.image.BaseImage;
import dev.slipway.buildpacks.image.ProcessType;
import dev.slipway.buildpacks.log.BuildEvent;
import dev.slipway.buildpacks.log.BuildLog;
import dev.slipway.buildpacks.sandbox.Cancellation;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.LaunchConfig;
import dev.slipway.registry.repository.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A build by the engine, from a Dockerfile at the root of the source tree. */
final class DockerfileBuild {

    private static final String ORIGIN = "Dockerfile";

    private final DockerfileBuilder builder;
    private final Registry registry;
    private final long maxOutput;

    DockerfileBuild(DockerfileBuilder builder, Registry registry, long maxOutput) {
        this.builder = builder;
        this.registry = registry;
        this.maxOutput = maxOutput;
    }

    BuildOutcome run(
            BuildRequest request,
            Path source,
            Descriptors descriptors,
            PhaseTimes times,
            BuildLog log,
            Cancellation cancellation)
            throws IOException, InterruptedException {
        log.on(new BuildEvent.Detected(ORIGIN, "at the root"));
        AtomicLong printed = new AtomicLong();
        OutputLines lines = new OutputLines("", line -> log.on(new BuildEvent.Output(line)), mark -> {});
        DockerfileResult result = builder.build(
                new DockerfileRequest(
                        request.buildId(),
                        request.repository(),
                        source,
                        Descriptors.DOCKERFILE,
                        request.buildEnvironment(),
                        request.limits()),
                (buffer, offset, length) -> {
                    if (printed.addAndGet(length) > maxOutput) {
                        return false;
                    }
                    lines.accept(buffer, offset, length);
                    return true;
                },
                cancellation);
        lines.finish();
        times.end("build");
        return switch (result) {
            case DockerfileResult.Built built -> built(request, built.image(), descriptors, times, log);
            case DockerfileResult.Failed failed ->
                failed(new BuildFailure.DockerfileFailed(failed.instruction(), failed.answer()));
            case DockerfileResult.Unavailable unavailable ->
                failed(new BuildFailure.PlatformFailed(unavailable.attempted(), unavailable.answer()));
            case DockerfileResult.OutOfMemory memory -> failed(new BuildFailure.OutOfMemory(memory.limitBytes()));
            case DockerfileResult.DiskLimit disk -> failed(new BuildFailure.TooMuchDisk(disk.limitBytes()));
            case DockerfileResult.OutputLimit limit -> failed(new BuildFailure.TooMuchOutput(maxOutput));
            case DockerfileResult.TimedOut timedOut -> new BuildOutcome.TimedOut(timedOut.limit());
            case DockerfileResult.Cancelled cancelled -> new BuildOutcome.Cancelled();
        };
    }

    private BuildOutcome built(
            BuildRequest request, Digest digest, Descriptors descriptors, PhaseTimes times, BuildLog log)
            throws IOException {
        Optional<BaseImage> image = BaseImage.read(registry, request.repository(), digest);
        if (image.isEmpty()) {
            return failed(new BuildFailure.PlatformFailed(
                    "find the image " + digest + " in the registry", "it is not in " + request.repository()));
        }
        List<ProcessType> processes = processes(image.get().config().launch(), descriptors);
        if (processes.isEmpty()) {
            return failed(new BuildFailure.NoCommand(ORIGIN));
        }
        List<Digest> before = request.previousImage().isEmpty()
                ? List.of()
                : BaseImage.read(
                                registry,
                                request.repository(),
                                request.previousImage().get())
                        .stream()
                        .flatMap(previous -> previous.manifest().layers().stream())
                        .map(layer -> layer.digest())
                        .toList();
        long bytes = 0;
        long newBytes = 0;
        int added = 0;
        for (var layer : image.get().manifest().layers()) {
            bytes += layer.size();
            if (!before.contains(layer.digest())) {
                added++;
                newBytes += layer.size();
            }
        }
        int layers = image.get().manifest().layers().size();
        log.on(new BuildEvent.ImageWritten(request.repository(), digest, bytes, added, layers));
        return new BuildOutcome.Built(
                digest,
                new ImageFacts(ORIGIN, processes, descriptors.app(), bytes, layers, added, newBytes),
                times.phases());
    }

    /** Those of the Procfile, through the image's shell; else the image's own command as web. */
    private static List<ProcessType> processes(LaunchConfig launch, Descriptors descriptors) {
        List<ProcessType> types = new ArrayList<>();
        descriptors.procfile().ifPresent(procfile -> {
            for (Map.Entry<String, String> process : procfile.processes().entrySet()) {
                types.add(new ProcessType(
                        process.getKey(),
                        List.of("/bin/sh", "-c", process.getValue()),
                        process.getValue(),
                        process.getKey().equals("web")));
            }
        });
        boolean own = !launch.entrypoint().isEmpty() || !launch.arguments().isEmpty();
        if (own && types.stream().noneMatch(type -> type.type().equals("web"))) {
            List<String> words = new ArrayList<>(launch.entrypoint());
            words.addAll(launch.arguments());
            types.add(new ProcessType("web", List.of(), String.join(" ", words), true));
        }
        return types;
    }

    private static BuildOutcome failed(BuildFailure reason) {
        return new BuildOutcome.Failed(reason);
    }
}
