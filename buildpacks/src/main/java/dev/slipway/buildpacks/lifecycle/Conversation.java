package dev.slipway.buildpacks.lifecycle;

import dev.slipway.buildpacks.descriptor.DescriptorException;
import dev.slipway.buildpacks.detect.BuildPlan;
import dev.slipway.buildpacks.detect.Buildpack;
import dev.slipway.buildpacks.detect.Catalogue;
import dev.slipway.buildpacks.detect.PlanOption;
import dev.slipway.buildpacks.detect.Resolution;
import dev.slipway.buildpacks.detect.Resolver;
import dev.slipway.buildpacks.detect.Verdict;
import dev.slipway.buildpacks.log.BuildEvent;
import dev.slipway.buildpacks.log.BuildLog;
import dev.slipway.buildpacks.sandbox.OutputSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The lifecycle's side of the talk with the driver in the sandbox: hears its output, resolves the plan when all
 * detections are told, gives each buildpack its turn, and notes how it ended. Called by the thread that runs the step.
 */
final class Conversation implements OutputSink {

    private static final int EXIT_DOES_NOT_FIT = 100;

    /** Prepares the layers of the chosen buildpacks, before the first of them builds. */
    interface Restore {
        void restore(Members members) throws IOException, DescriptorException;
    }

    private final Catalogue catalogue;
    private final List<Buildpack> candidates;
    private final Path exchange;
    private final Control control;
    private final BuildEnvironment environment;
    private final Restore restore;
    private final PhaseTimes times;
    private final BuildLog log;
    private final long maxOutput;
    private final OutputLines lines;

    private final Map<Integer, Integer> codes = new HashMap<>();
    private Resolution.@Nullable Chosen chosen;
    private Members members = new Members(List.of());
    private BuildPlan plan = new BuildPlan(List.of());
    private @Nullable BuildFailure failure;
    private boolean finished;
    private int awaited;
    private long output;

    Conversation(
            Catalogue catalogue,
            Path exchange,
            Control control,
            String nonce,
            BuildEnvironment environment,
            Restore restore,
            PhaseTimes times,
            BuildLog log,
            long maxOutput) {
        this.catalogue = catalogue;
        this.candidates = catalogue.candidates();
        this.exchange = exchange;
        this.control = control;
        this.environment = environment;
        this.restore = restore;
        this.times = times;
        this.log = log;
        this.maxOutput = maxOutput;
        this.lines = new OutputLines(nonce, line -> log.on(new BuildEvent.Output(line)), this::hear);
    }

    /** Writes what the driver needs for the detections. */
    void prepare() throws IOException {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < candidates.size(); i++) {
            Buildpack candidate = candidates.get(i);
            list.append(i)
                    .append(" /cnb/buildpacks/")
                    .append(candidate.directory())
                    .append('\n');
            control.write("detect-" + i + ".env", environment.forDetect(candidate));
        }
        control.write("candidates", list.toString());
    }

    @Override
    public boolean accept(byte[] buffer, int offset, int length) {
        output += length;
        if (output > maxOutput) {
            failure = new BuildFailure.TooMuchOutput(maxOutput);
            return false;
        }
        lines.accept(buffer, offset, length);
        return true;
    }

    /** To be called when the driver has ended. */
    void end() {
        lines.finish();
    }

    /** Why there is nothing to export, if so. */
    Optional<BuildFailure> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether every chosen buildpack has built. */
    boolean finished() {
        return finished;
    }

    /** The chosen buildpacks; none before they are chosen. */
    Members members() {
        return members;
    }

    /** What the source was found to be. */
    String detectedName() {
        return chosen == null
                ? ""
                : chosen.members().stream()
                        .map(member -> member.buildpack().name())
                        .collect(Collectors.joining(" + "));
    }

    private void hear(String mark) {
        String[] words = mark.split(" ", -1);
        try {
            switch (words[0]) {
                case "detected" -> codes.put(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                case "judged" -> judged();
                case "built" -> built(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                default -> {}
            }
        } catch (IOException e) {
            failure = new BuildFailure.PlatformFailed("prepare the build", String.valueOf(e));
        } catch (DescriptorException | NumberFormatException | IndexOutOfBoundsException e) {
            failure = new BuildFailure.BuildpackMisbehaved(detectedName(), String.valueOf(e.getMessage()));
        }
        if (failure != null) {
            stop();
        }
    }

    private void judged() throws IOException, DescriptorException {
        if (chosen != null) {
            return;
        }
        Map<String, Verdict> verdicts = new HashMap<>();
        for (int i = 0; i < candidates.size(); i++) {
            verdicts.put(candidates.get(i).id(), verdict(i));
        }
        switch (Resolver.resolve(catalogue, verdicts)) {
            case Resolution.NothingFits nothing -> failure = new BuildFailure.NothingDetected(nothing.tried());
            case Resolution.DetectionBroke broke ->
                failure = new BuildFailure.BuildpackFailed(
                        broke.buildpack().name(), "detect", broke.code(), broke.reason());
            case Resolution.Chosen found -> {
                chosen = found;
                plan = BuildPlan.of(found);
                members = Members.of(found, exchange.resolve("layers"));
                String reason = found.members().stream()
                        .map(Resolution.Chosen.Member::reason)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("; "));
                log.on(new BuildEvent.Detected(detectedName(), reason));
                restore.restore(members);
                times.end("detect");
                turn(found, 0);
            }
        }
    }

    private Verdict verdict(int candidate) throws IOException {
        String said = SafeFile.text(exchange.resolve("out/detect-" + candidate + ".log"))
                .map(text -> OutputLines.clean(text.strip().replace('\n', ' ')))
                .orElse("");
        int code = codes.getOrDefault(candidate, -1);
        if (code == EXIT_DOES_NOT_FIT) {
            return new Verdict.DoesNotFit(said);
        }
        if (code != 0) {
            return new Verdict.Broken(code, said);
        }
        String written = SafeFile.text(exchange.resolve("out/detect-" + candidate + ".plan"))
                .orElse("");
        try {
            return new Verdict.Fits(PlanOption.parse(candidates.get(candidate).id(), written), said);
        } catch (DescriptorException e) {
            return new Verdict.Broken(0, String.valueOf(e.getMessage()));
        }
    }

    private void built(int turn, int code) throws IOException, DescriptorException {
        if (chosen == null || turn < 0 || turn >= chosen.members().size() || finished) {
            return;
        }
        Resolution.Chosen.Member member = chosen.members().get(turn);
        if (code != 0) {
            failure = new BuildFailure.BuildpackFailed(member.buildpack().name(), "build", code, "");
            return;
        }
        BuildpackLayers layers = members.layers().get(turn);
        plan = plan.after(member, layers.unmet());
        environment.add(layers, layers.flags());
        if (turn + 1 < chosen.members().size()) {
            turn(chosen, turn + 1);
        } else {
            finished = true;
            times.end("build");
            stop();
        }
    }

    private void turn(Resolution.Chosen found, int turn) throws IOException {
        Resolution.Chosen.Member member = found.members().get(turn);
        BuildpackLayers layers = members.layers().get(turn);
        String name = "turn-" + turn;
        String planFile = Control.INSIDE + "/" + name + ".plan";
        control.write(name + ".plan", plan.entriesFor(member));
        control.write(name + ".env", environment.forBuild(member.buildpack(), layers.inside(), planFile));
        control.write(name, "build /cnb/buildpacks/" + member.buildpack().directory() + " " + layers.inside() + "\n");
        awaited = turn + 1;
    }

    private void stop() {
        try {
            control.write("turn-" + awaited, "stop\n");
        } catch (IOException e) {
            failure = new BuildFailure.PlatformFailed("end the build", String.valueOf(e));
        }
    }
}
