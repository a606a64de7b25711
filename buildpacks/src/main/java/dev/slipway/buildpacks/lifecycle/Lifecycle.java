package dev.slipway.buildpacks.lifecycle;

import dev.slipway.buildpacks.BuildpacksSettings;
import dev.slipway.buildpacks.descriptor.DescriptorException;
import dev.slipway.buildpacks.detect.Catalogue;
import dev.slipway.buildpacks.dockerfile.DockerfileBuilder;
import dev.slipway.buildpacks.log.BuildEvent;
import dev.slipway.buildpacks.log.BuildLog;
import dev.slipway.buildpacks.sandbox.Cancellation;
import dev.slipway.buildpacks.sandbox.Sandbox;
import dev.slipway.buildpacks.source.DirectoryTree;
import dev.slipway.buildpacks.source.SourceLimits;
import dev.slipway.buildpacks.source.SourceRefusedException;
import dev.slipway.buildpacks.source.TreeWriter;
import dev.slipway.registry.blob.StorageException;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.repository.Registry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * From source to image: the table of contents.
 *
 * <ol>
 *   <li>write the source tree, read its descriptors
 *   <li>a Dockerfile goes to the engine: {@link DockerfileBuild}
 *   <li>everything else to buildpacks, in a sandbox: {@link BuildpackBuild}
 * </ol>
 */
@ApplicationScoped
public class Lifecycle {

    private final Sandbox sandbox;
    private final DockerfileBuilder dockerfiles;
    private final Registry registry;
    private final BuildpacksSettings settings;
    private final InstantSource clock;

    /** Puts the parts together. */
    @Inject
    public Lifecycle(
            Sandbox sandbox,
            DockerfileBuilder dockerfiles,
            Registry registry,
            BuildpacksSettings settings,
            InstantSource clock) {
        this.sandbox = sandbox;
        this.dockerfiles = dockerfiles;
        this.registry = registry;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Builds and waits for the end. Every failure is an outcome; what the log heard last then says the same.
     *
     * @param request what to build
     * @param log hears what happens
     * @param cancellation ends the build as {@link BuildOutcome.Cancelled}
     * @throws InterruptedException if the calling thread is interrupted; nothing is left running
     */
    public BuildOutcome build(BuildRequest request, BuildLog log, Cancellation cancellation)
            throws InterruptedException {
        BuildOutcome outcome;
        try {
            outcome = attempt(request, log, cancellation);
        } catch (SourceRefusedException e) {
            outcome = new BuildOutcome.Failed(new BuildFailure.SourceRefused(e.path(), e.reason()));
        } catch (DescriptorException e) {
            outcome = new BuildOutcome.Failed(new BuildFailure.BadDescriptor(String.valueOf(e.getMessage())));
        } catch (IOException | StorageException | RegistryException e) {
            outcome = new BuildOutcome.Failed(
                    new BuildFailure.PlatformFailed("build " + request.repository(), String.valueOf(e.getMessage())));
        }
        if (cancellation.requested() && outcome instanceof BuildOutcome.Failed) {
            outcome = new BuildOutcome.Cancelled();
        }
        tell(outcome, log);
        return outcome;
    }

    private BuildOutcome attempt(BuildRequest request, BuildLog log, Cancellation cancellation)
            throws IOException, DescriptorException, InterruptedException {
        PhaseTimes times = new PhaseTimes(clock, log);
        Path source = Files.createDirectories(request.workDirectory().resolve("source"));
        try {
            request.source()
                    .writeTo(new TreeWriter(
                            source, new SourceLimits(settings.maxSourceBytes(), settings.maxSourceFiles())));
            Descriptors descriptors = Descriptors.read(source);
            if (!descriptors.project().unused().isEmpty()) {
                log.on(new BuildEvent.Notice("project.toml: Slipway does not heed "
                        + String.join(", ", descriptors.project().unused())));
            }
            times.end("source");
            if (cancellation.requested()) {
                return new BuildOutcome.Cancelled();
            }
            if (descriptors.byDockerfile()) {
                return new DockerfileBuild(dockerfiles, registry, settings.maxOutputBytes())
                        .run(request, source, descriptors, times, log, cancellation);
            }
            return byBuildpacks(request, source, descriptors, times, log, cancellation);
        } finally {
            DirectoryTree.delete(source);
        }
    }

    private BuildOutcome byBuildpacks(
            BuildRequest request,
            Path source,
            Descriptors descriptors,
            PhaseTimes times,
            BuildLog log,
            Cancellation cancellation)
            throws IOException, DescriptorException, InterruptedException {
        Catalogue all = Catalogue.load(settings.directory());
        List<String> wanted = descriptors.project().buildpacks();
        Optional<Catalogue> catalogue = wanted.isEmpty() ? Optional.of(all) : all.only(wanted);
        if (catalogue.isEmpty()) {
            List<String> known = List.copyOf(all.buildpacks().keySet());
            return new BuildOutcome.Failed(new BuildFailure.UnknownBuildpack(wanted, known));
        }
        return new BuildpackBuild(sandbox, registry, settings, catalogue.get(), times, log)
                .run(request, source, descriptors, cancellation);
    }

    private static void tell(BuildOutcome outcome, BuildLog log) {
        switch (outcome) {
            case BuildOutcome.Built built -> {}
            case BuildOutcome.Failed failed ->
                log.on(new BuildEvent.Failed(failed.reason().sentences()));
            case BuildOutcome.Cancelled cancelled ->
                log.on(new BuildEvent.Failed(List.of("The build was cancelled. Push again to start a new one.")));
            case BuildOutcome.TimedOut timedOut ->
                log.on(new BuildEvent.Failed(List.of(
                        "The build did not end within " + timedOut.limit().toSeconds() + " s and was ended.",
                        "Make it faster, or ask the operator for a higher limit of builds.")));
        }
    }
}
