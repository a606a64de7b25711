package dev.slipway.registry.access;

import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a client asks a token for, in the words of Docker's token specification. */
public sealed interface Scope {
    /**
     * Actions on one repository: {@code repository:acme/shop:pull,push}.
     *
     * @param name the repository
     * @param actions what is asked for
     */
    record OfRepository(RepositoryName name, Set<Action> actions) implements Scope {
        /** Copies what could change. */
        public OfRepository {
            actions = Set.copyOf(actions);
        }
    }

    /** The list of repositories: {@code registry:catalog:*}. */
    record OfCatalog() implements Scope {}

    /** The most scopes one token is asked for. */
    int MAX_SCOPES = 64;

    /** Reads scopes separated by blanks; what is not understood is not asked for. */
    static List<Scope> parseAll(List<String> texts) {
        List<Scope> found = new ArrayList<>();
        for (String text : texts) {
            for (String one : text.split(" ")) {
                if (found.size() < MAX_SCOPES) {
                    parse(one).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    /** Reads one scope; empty if it is not understood. */
    static Optional<Scope> parse(String text) {
        int type = text.indexOf(':');
        int actions = text.lastIndexOf(':');
        if (type < 1 || actions <= type) {
            return Optional.empty();
        }
        String name = text.substring(type + 1, actions);
        if (text.equals("registry:catalog:*")) {
            return Optional.of(new OfCatalog());
        }
        if (!text.startsWith("repository:")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new OfRepository(RepositoryName.parse(name), actions(text.substring(actions + 1))));
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }

    private static Set<Action> actions(String words) {
        Set<Action> found = EnumSet.noneOf(Action.class);
        for (String word : words.split(",")) {
            if (word.equals("*")) {
                return EnumSet.allOf(Action.class);
            }
            Action.ofWord(word).ifPresent(found::add);
        }
        return found;
    }

    /** What was granted, as scopes separated by blanks; what got nothing is left out. */
    static String text(Map<RepositoryName, Set<Action>> grants) {
        return String.join(
                " ",
                grants.entrySet().stream()
                        .filter(grant -> !grant.getValue().isEmpty())
                        .sorted(Map.Entry.comparingByKey())
                        .map(grant -> text(grant.getKey(), grant.getValue()))
                        .toList());
    }

    /** The text for a challenge. */
    static String text(RepositoryName name, Set<Action> actions) {
        return "repository:" + name + ":"
                + String.join(",", actions.stream().sorted().map(Action::word).toList());
    }
}
