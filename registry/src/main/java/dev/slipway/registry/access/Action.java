package dev.slipway.registry.access;

import java.util.Locale;
import java.util.Optional;

/** What can be done to a repository. */
public enum Action {
    PULL,
    PUSH,
    DELETE;

    /** The word used in scopes. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The action of a scope's word; empty for a word of another registry's invention. */
    static Optional<Action> ofWord(String word) {
        for (Action action : values()) {
            if (action.word().equals(word)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
