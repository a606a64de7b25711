package dev.slipway.platform.git;

import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.InvalidNameException;
import java.util.Optional;

/** Reads the repository a git client names: {@code /tenant/app.git}, with or without the slash and the ending. */
public final class RepositoryName {
    private static final String ENDING = ".git";

    private RepositoryName() {}

    /**
     * Reads a repository path.
     *
     * @return empty if it names no possible app: both parts must keep the law for names, so nothing can climb out
     */
    public static Optional<AppRef> parse(String path) {
        String name = path.startsWith("/") ? path.substring(1) : path;
        if (name.endsWith(ENDING)) {
            name = name.substring(0, name.length() - ENDING.length());
        }
        try {
            return Optional.of(AppRef.parse(name));
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }
}
