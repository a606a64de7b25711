package dev.slipway.platform.command;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.app.InvalidSettingException;
import dev.slipway.platform.pipeline.Rollout;
import dev.slipway.platform.reconcile.LaunchSpecs;
import dev.slipway.platform.reconcile.OneOffs;
import dev.slipway.platform.release.Release;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.release.Releases;
import dev.slipway.platform.runtime.LaunchRefusedException;
import dev.slipway.platform.runtime.OneOff;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.NotPossibleException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One-off commands in a fresh instance of an app's live release. */
@ApplicationScoped
public class RunCommands {
    /** The process type a one-off has, for limits and {@code SLIPWAY_PROCESS}. */
    private static final String PROCESS = "run";

    private static final Pattern SHELL = Pattern.compile("[\\s|&;<>$`\"'*?()]");

    private final AppDoor door;
    private final AppSettingsStore settings;
    private final Releases releases;
    private final Rollout rollout;
    private final LaunchSpecs specs;
    private final OneOffs oneOffs;
    private final StandingGuard guard;

    RunCommands(
            AppDoor door,
            AppSettingsStore settings,
            Releases releases,
            Rollout rollout,
            LaunchSpecs specs,
            OneOffs oneOffs,
            StandingGuard guard) {
        this.door = door;
        this.settings = settings;
        this.releases = releases;
        this.rollout = rollout;
        this.specs = specs;
        this.oneOffs = oneOffs;
        this.guard = guard;
    }

    /**
     * Starts a command with its streams attached; closing the answer ends and removes it, and so does losing the permission.
     *
     * @param command words; a single word that only a shell understands ({@code "ls | wc"}) is given to {@code sh -c}
     * @param window the size of the terminal that it gets, if any
     * @throws NotPossibleException when nothing is released yet, or the runtime refuses
     * @throws QuotaRefusedException when the tenant has no room for one instance more
     * @throws UnavailableException when the runtime does not answer
     */
    public OneOff start(Principal principal, AppRef ref, List<String> command, Optional<Window> window) {
        AppSettings app = door.enter(principal, Permission.APP_RUN, ref);
        if (command.isEmpty() || command.getFirst().isBlank()) {
            throw new InvalidSettingException("Say what to run, for example: run ls -l.");
        }
        LaunchSpecs.OneOffSpec wanted = QuarkusTransaction.requiringNew().call(() -> {
            Release release = app.liveRelease()
                    .map(ReleaseId::new)
                    .flatMap(releases::find)
                    .or(() -> rollout.newest(app.id()))
                    .orElseThrow(() -> new NotPossibleException(
                            "app", ref.toString(), ref + " has no release yet: push one first."));
            AppSettings now = settings.get(app.id());
            LaunchSpecs.OneOffSpec made = specs.oneOff(now, release, PROCESS, words(command, window));
            oneOffs.reserve(now, made.spec()).ifPresent(refused -> {
                throw new QuotaRefusedException(refused);
            });
            door.record(
                    principal,
                    "app.run",
                    ref,
                    Map.of(
                            AuditField.RELEASE,
                            release.version(),
                            AuditField.INSTANCE,
                            made.spec().id().text()));
            return made;
        });
        try {
            OneOff running = oneOffs.start(wanted, window.isPresent());
            return new GuardedOneOff(running, guard.watch(principal, Permission.APP_RUN, ref, running::kill));
        } catch (LaunchRefusedException e) {
            throw new NotPossibleException("command", PROCESS, "It cannot be run: " + e.getMessage());
        } catch (RuntimeUnavailableException e) {
            throw new UnavailableException("It cannot be run now: the site does not answer. Try again soon.", e);
        }
    }

    /**
     * A terminal's size, in characters.
     *
     * @param columns zero if it is not known
     * @param rows zero if it is not known
     */
    public record Window(int columns, int rows) {
        private boolean known() {
            return columns > 0 && rows > 0;
        }
    }

    /** Engines give a terminal its size when the command runs already; a shell sets it before anything asks for it. */
    static List<String> words(List<String> command, Optional<Window> window) {
        boolean shell = command.size() == 1 && SHELL.matcher(command.getFirst()).find();
        if (!shell) {
            return command;
        }
        String size = window.filter(Window::known)
                .map(known -> "stty rows " + known.rows() + " cols " + known.columns() + " 2>/dev/null; ")
                .orElse("");
        return List.of("sh", "-c", size + command.getFirst());
    }
}
