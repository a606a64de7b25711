package dev.slipway.platform.command;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.source.AppSource;
import dev.slipway.platform.source.AppSources;
import dev.slipway.platform.source.CodeHost;
import dev.slipway.platform.source.SourceAddress;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.UnknownNameException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where an app is built from when its code host tells of pushes. */
@ApplicationScoped
public class SourceCommands {
    private static final int PULLS_TOLD = 20;

    private final AppDoor door;
    private final AppSources sources;

    SourceCommands(AppDoor door, AppSources sources) {
        this.door = door;
        this.sources = sources;
    }

    /**
     * A push that the code host told of.
     *
     * @param state {@code waiting}, {@code done} or {@code failed}
     * @param reason why it did not become live
     */
    public record PullFacts(String branch, String commit, String state, Optional<String> reason, Instant toldAt) {}

    /**
     * The source of an app.
     *
     * @param hook the path of the address that the code host has to tell
     * @param user with which to fetch
     * @param pulls the newest first
     */
    public record SourceFacts(
            String host,
            String url,
            String branch,
            Optional<String> user,
            String hook,
            Instant setAt,
            String setBy,
            List<PullFacts> pulls) {}

    /** A source with the secret for the code host, which is told this once. */
    public record NewSource(String secret, SourceFacts facts) {
        @Override
        public String toString() {
            return "NewSource[" + facts.url() + "]";
        }
    }

    /**
     * What is wanted of a source.
     *
     * @param password with which to fetch, for a repository that is not public
     */
    public record Wanted(
            CodeHost host, SourceAddress url, String branch, Optional<String> user, Optional<String> password) {
        @Override
        public String toString() {
            return "Wanted[" + url + "]";
        }
    }

    public SourceFacts show(Principal principal, AppRef ref) {
        AppSettings app = door.enter(principal, Permission.APP_VIEW, ref);
        return sources.find(app.id())
                .map(this::facts)
                .orElseThrow(() -> new UnknownNameException(
                        "source",
                        ref.toString(),
                        ref + " is built from what is pushed here: source:set sets another."));
    }

    /** Sets it, with a new secret. */
    public NewSource set(Principal principal, AppRef ref, Wanted wanted) {
        AppSettings app = door.enter(principal, Permission.APP_DEPLOY, ref);
        return door.change(app.id(), () -> {
            String secret = sources.set(
                    app.id(),
                    wanted.host(),
                    wanted.url(),
                    wanted.branch(),
                    wanted.user(),
                    wanted.password(),
                    principal.label());
            door.record(
                    principal,
                    "app.source",
                    ref,
                    Map.of(AuditField.FROM, wanted.url().uri().toString(), AuditField.BRANCH, wanted.branch()));
            return new NewSource(secret, sources.find(app.id()).map(this::facts).orElseThrow());
        });
    }

    /** Takes it away; what is pushed here is built as before. Nothing happens if there is none. */
    public void remove(Principal principal, AppRef ref) {
        AppSettings app = door.enter(principal, Permission.APP_DEPLOY, ref);
        door.change(app.id(), () -> {
            if (sources.remove(app.id())) {
                door.record(principal, "app.source", ref, Map.of(AuditField.FROM, "none"));
            }
            return ref;
        });
    }

    private SourceFacts facts(AppSource source) {
        return new SourceFacts(
                source.host().text(),
                source.url().toString(),
                source.branch(),
                source.user(),
                "/hooks/" + source.app(),
                source.setAt(),
                source.setBy(),
                sources.pulls(source.app(), PULLS_TOLD).stream()
                        .map(pull ->
                                new PullFacts(pull.branch(), pull.commit(), pull.state(), pull.reason(), pull.toldAt()))
                        .toList());
    }
}
