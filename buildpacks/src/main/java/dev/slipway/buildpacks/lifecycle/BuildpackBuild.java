package dev.slipway.buildpacks.lifecycle;

import dev.slipway.buildpacks.BuildpacksSettings;
import dev.slipway.buildpacks.descriptor.DescriptorException;
import dev.slipway.buildpacks.detect.Catalogue;
import dev.slipway.buildpacks.image.AppImage;
import dev.slipway.buildpacks.image.BaseImage;
import dev.slipway.buildpacks.image.ImageWriter;
import dev.slipway.buildpacks.image.WrittenImage;
import dev.slipway.buildpacks.layer.LayerIndex;
import dev.slipway.buildpacks.layer.LayerOwner;
import dev.slipway.buildpacks.layer.LayerWriter;
import dev.slipway.buildpacks.log.BuildEvent;
import dev.slipway.buildpacks.log.BuildLog;
import dev.slipway.buildpacks.sandbox.Cancellation;
import dev.slipway.buildpacks.sandbox.Sandbox;
import dev.slipway.buildpacks.sandbox.SandboxException;
import dev.slipway.buildpacks.sandbox.SandboxRequest;
import dev.slipway.buildpacks.sandbox.SandboxSession;
import dev.slipway.buildpacks.sandbox.StackName;
import dev.slipway.buildpacks.sandbox.Step;
import dev.slipway.buildpacks.sandbox.StepResult;
import dev.slipway.buildpacks.source.DirectoryTree;
import dev.slipway.buildpacks.source.FileOwner;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import dev.slipway.registry.repository.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A build by buildpacks: one sandbox, one step in it, then the export (CNB platform API, phases of a build). */
final class BuildpackBuild {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 12;

    private final Sandbox sandbox;
    private final Registry registry;
    private final BuildpacksSettings settings;
    private final Catalogue catalogue;
    private final PhaseTimes times;
    private final BuildLog log;

    BuildpackBuild(
            Sandbox sandbox,
            Registry registry,
            BuildpacksSettings settings,
            Catalogue catalogue,
            PhaseTimes times,
            BuildLog log) {
        this.sandbox = sandbox;
        this.registry = registry;
        this.settings = settings;
        this.catalogue = catalogue;
        this.times = times;
        this.log = log;
    }

    BuildOutcome run(BuildRequest request, Path source, Descriptors descriptors, Cancellation cancellation)
            throws IOException, InterruptedException {
        StackName stack = request.stack();
        Optional<BaseImage> base =
                BaseImage.read(registry, RepositoryName.of(stack.family(), "run"), new Tag(stack.version()));
        if (base.isEmpty()) {
            return failed(new BuildFailure.PlatformFailed(
                    "find the run image of the stack " + stack,
                    "the registry has no " + stack.family() + "/run:" + stack.version()));
        }
        SandboxRequest wanted = new SandboxRequest(request.buildId(), stack, request.limits(), Map.of());
        try (SandboxSession session = sandbox.open(wanted);
                Cancellation.Registration registration = cancellation.onRequest(session::cancel)) {
            times.end("sandbox");
            return inside(session, request, source, descriptors, base.get());
        } catch (SandboxException e) {
            return failed(new BuildFailure.PlatformFailed(e.attempted() + " for " + e.subject(), e.answer()));
        }
    }

    private BuildOutcome inside(
            SandboxSession session, BuildRequest request, Path source, Descriptors descriptors, BaseImage base)
            throws IOException, InterruptedException, SandboxException {
        Path exchange = session.exchange();
        FileOwner owner = Exchange.prepare(exchange);
        DirectoryTree.moveChildren(source, exchange.resolve("workspace"));
        DirectoryTree.give(exchange.resolve("workspace"), owner);

        Optional<BaseImage> previous = request.previousImage().isEmpty()
                ? Optional.empty()
                : BaseImage.read(
                        registry, request.repository(), request.previousImage().get());
        ImageRecord record = ImageRecord.of(previous);
        BuildCache cache = new BuildCache(request.cacheDirectory());

        Map<String, String> variables = new HashMap<>(descriptors.project().buildEnvironment());
        variables.putAll(request.buildEnvironment());
        BuildEnvironment environment = new BuildEnvironment(request.stack(), variables);
        environment.writePlatform(exchange.resolve("platform"));
        byte[] random = new byte[NONCE_BYTES];
        RANDOM.nextBytes(random);
        String nonce = HexFormat.of().formatHex(random);
        Control control = Control.create(exchange, nonce);
        Conversation conversation = new Conversation(
                catalogue,
                exchange,
                control,
                nonce,
                environment,
                members -> cache.restore(members, record, request.stack(), owner),
                times,
                log,
                settings.maxOutputBytes());
        conversation.prepare();

        LayerWriter writer = new LayerWriter(
                registry.blobs(),
                new LayerIndex(settings.layerIndex()),
                LayerOwner.parse(base.config().launch().user().orElse("")));
        Step step = new Step("build", List.of("/bin/sh", Control.INSIDE + "/driver.sh"), Map.of(), "/workspace");
        boolean built = false;
        try {
            StepResult result = session.run(step, conversation);
            conversation.end();
            Optional<BuildOutcome> ended = notBuilt(result, conversation);
            if (ended.isPresent()) {
                return ended.get();
            }
            Export export = new Export(writer, previous, record);
            BuildOutcome outcome =
                    export(export, conversation, request, exchange.resolve("workspace"), descriptors, base, writer);
            built = outcome instanceof BuildOutcome.Built;
            return outcome;
        } finally {
            keep(cache, conversation.members(), writer, built);
        }
    }

    /** How the build ended, unless every buildpack has built. */
    private static Optional<BuildOutcome> notBuilt(StepResult result, Conversation conversation) {
        if (conversation.failure().isPresent()) {
            return Optional.of(failed(conversation.failure().get()));
        }
        return switch (result) {
            case StepResult.Cancelled cancelled -> Optional.of(new BuildOutcome.Cancelled());
            case StepResult.TimedOut timedOut -> Optional.of(new BuildOutcome.TimedOut(timedOut.limit()));
            case StepResult.OutOfMemory memory ->
                Optional.of(failed(new BuildFailure.OutOfMemory(memory.limitBytes())));
            case StepResult.DiskLimit disk -> Optional.of(failed(new BuildFailure.TooMuchDisk(disk.limitBytes())));
            case StepResult.OutputLimit limit -> Optional.of(failed(new BuildFailure.TooMuchOutput(limit.bytes())));
            case StepResult.Exited exited when exited.code() == 0 && conversation.finished() -> Optional.empty();
            case StepResult.Exited exited ->
                Optional.of(failed(new BuildFailure.PlatformFailed(
                        "run the build in its sandbox",
                        "it ended early, with exit code " + exited.code()
                                + (conversation.members().layers().isEmpty()
                                        ? ""
                                        : "; the build may have used up its memory or killed its own parent"))));
        };
    }

    private BuildOutcome export(
            Export export,
            Conversation conversation,
            BuildRequest request,
            Path app,
            Descriptors descriptors,
            BaseImage base,
            LayerWriter writer)
            throws IOException {
        try {
            Optional<AppImage> image = export.run(base, conversation.members(), app);
            if (image.isEmpty()) {
                return failed(new BuildFailure.NoCommand(conversation.detectedName()));
            }
            WrittenImage written = new ImageWriter(registry, writer).write(request.repository(), image.get());
            times.end("export");
            log.on(new BuildEvent.ImageWritten(
                    request.repository(), written.digest(), written.bytes(), written.newLayers(), written.layers()));
            ImageFacts facts = new ImageFacts(
                    conversation.detectedName(),
                    image.get().launch().types(),
                    descriptors.app(),
                    written.bytes(),
                    written.layers(),
                    written.newLayers(),
                    written.newBytes());
            return new BuildOutcome.Built(written.digest(), facts, times.phases());
        } catch (Export.RuleBroken e) {
            return failed(new BuildFailure.BuildpackMisbehaved(e.buildpack(), String.valueOf(e.getMessage())));
        }
    }

    /** A cache that cannot be kept costs the next build time; it does not fail this one. */
    private void keep(BuildCache cache, Members members, LayerWriter writer, boolean built) {
        try {
            if (built) {
                cache.save(members);
            } else {
                cache.takeBack(members, writer);
            }
        } catch (IOException | DescriptorException e) {
            log.on(new BuildEvent.Notice("The build cache could not be kept: " + e.getMessage()));
        }
        times.end("cache");
    }

    private static BuildOutcome failed(BuildFailure reason) {
        return new BuildOutcome.Failed(reason);
    }
}
