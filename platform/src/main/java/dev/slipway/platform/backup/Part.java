package dev.slipway.platform.backup;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A file or a tree that belongs to the platform's state.
 *
 * @param name what it is called in the archive, without slashes
 * @param place where it lies in this installation
 * @param late of a tree: paths below it, with slashes, that are read after all others, because those point at them
 * @param except of a tree: names at its top that are not taken along
 */
record Part(String name, Path place, Optional<Pattern> late, Set<String> except) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]*");

    Part {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of a part: " + name);
        }
        except = Set.copyOf(except);
    }

    /** One file, or a tree without an order. */
    static Part of(String name, Path place) {
        return new Part(name, place, Optional.empty(), Set.of());
    }

    boolean isLate(String path) {
        return late.isPresent() && late.get().matcher(path).matches();
    }
}
