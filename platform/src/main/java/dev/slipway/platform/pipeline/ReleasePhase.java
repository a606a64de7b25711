package dev.slipway.platform.pipeline;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.loop.Pause;
import dev.slipway.platform.loop.Timer;
import dev.slipway.platform.reconcile.LaunchSpecs;
import dev.slipway.platform.reconcile.OneOffs;
import dev.slipway.platform.release.ProcessType;
import dev.slipway.platform.release.Release;
import dev.slipway.platform.runtime.LaunchRefusedException;
import dev.slipway.platform.runtime.OneOff;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Runs a release's {@code release} process once, before anything of the release is placed. */
@ApplicationScoped
class ReleasePhase {
    private static final Logger LOG = Logger.getLogger(ReleasePhase.class);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final LaunchSpecs specs;
    private final OneOffs oneOffs;
    private final PipelineSettings settings;
    private final ExecutorService work;
    private final Timer timer;
    private final Pause pause;

    ReleasePhase(
            LaunchSpecs specs,
            OneOffs oneOffs,
            PipelineSettings settings,
            ExecutorService work,
            Timer timer,
            Pause pause) {
        this.specs = specs;
        this.oneOffs = oneOffs;
        this.settings = settings;
        this.work = work;
        this.timer = timer;
        this.pause = pause;
    }

    /** Gives the reason, as a sentence's part, when the command did not end with exit code 0 in time. */
    Optional<String> run(AppSettings app, Release release, ProcessType phase, Output out, BooleanSupplier abandoned)
            throws InterruptedException {
        AtomicBoolean late = new AtomicBoolean();
        AtomicBoolean over = new AtomicBoolean();
        try (OneOff command = oneOffs.start(specs.oneOff(app, release, phase.name(), phase.command()), false)) {
            Timer.Scheduled limit = timer.after(settings.releasePhaseTime(), () -> {
                late.set(true);
                command.kill();
            });
            work.execute(() -> killWhenAbandoned(command, abandoned, over));
            try {
                command.stdin().close();
                Future<?> errors = work.submit(() -> copy(command.stderr(), out));
                copy(command.stdout(), out);
                errors.get();
                int code = command.waitForExit();
                if (late.get()) {
                    return Optional.of("the release phase was ended after "
                            + settings.releasePhaseTime().toSeconds() + " s");
                }
                return code == 0
                        ? Optional.empty()
                        : Optional.of("the release phase exited with code " + code + "; its output is above");
            } finally {
                over.set(true);
                limit.cancel();
            }
        } catch (LaunchRefusedException | RuntimeUnavailableException e) {
            return Optional.of("the release phase could not be run: " + e.getMessage());
        } catch (IOException | UncheckedIOException | ExecutionException e) {
            return Optional.of("the output of the release phase was lost: " + e.getMessage());
        }
    }

    private void killWhenAbandoned(OneOff command, BooleanSupplier abandoned, AtomicBoolean over) {
        try {
            while (!over.get()) {
                if (abandoned.getAsBoolean()) {
                    command.kill();
                    return;
                }
                pause.pause(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeUnavailableException e) {
            LOG.infof("release phase not ended reason=%s", e.getMessage());
        }
    }

    private static void copy(InputStream stream, Output out) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                out.detail(line);
                line = lines.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
