package dev.slipway.platform.backup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where an installation keeps what is not in its database.
 *
 * @param home directory of all state that has no place of its own
 * @param git directory of the repositories
 * @param registry directory of the registry's store
 * @param keys file of the keys that seal
 * @param hostKey file of the ssh host key
 */
public record Places(Path home, Path git, Path registry, Path keys, Path hostKey) {
    /** What the scripts keep in a home, and a next {@code deploy/up} needs. */
    private static final List<String> OF_SCRIPTS = List.of("slipway.env", "first-admin.json", "up.json", "sample");

    /** Absolute, so that it is clear what lies in the home. */
    public Places {
        home = home.toAbsolutePath().normalize();
        git = git.toAbsolutePath().normalize();
        registry = registry.toAbsolutePath().normalize();
        keys = keys.toAbsolutePath().normalize();
        hostKey = hostKey.toAbsolutePath().normalize();
    }

    /**
     * Refuses a home in which no Slipway has ever run.
     *
     * @throws BackupException when it is one
     */
    public void mustBeOfAnInstallation() {
        if (!Files.exists(home.resolve("slipway.lock"))) {
            throw new BackupException("back up " + home, "there is no Slipway in it; name its home by SLIPWAY_HOME");
        }
    }

    /** All of it. References come before the content that they point at; uploads in progress stay behind. */
    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        parts.add(Part.of("secret.keys", keys));
        parts.add(Part.of("ssh-host-key", hostKey));
        OF_SCRIPTS.forEach(name -> parts.add(Part.of(name, home.resolve(name))));
        parts.add(new Part("git", git, Optional.of(Pattern.compile("[^/]+/objects/.*")), Set.of()));
        parts.add(new Part(
                "registry",
                registry,
                Optional.of(Pattern.compile("blobs/.*")),
                Set.of("uploads", "aside", "restoring")));
        return List.copyOf(parts);
    }

    /** The directory of the embedded database. */
    Path postgres() {
        return home.resolve("postgres");
    }

    /** The same installation under another home; what lies outside of the home goes beside where it would be. */
    Places staged(Path draft) {
        return new Places(draft, moved(git, draft), moved(registry, draft), moved(keys, draft), moved(hostKey, draft));
    }

    private Path moved(Path place, Path draft) {
        return place.startsWith(home)
                ? draft.resolve(home.relativize(place))
                : place.resolveSibling(place.getFileName() + ".restoring");
    }
}
