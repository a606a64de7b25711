package dev.slipway.platform.command;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Some of many things, newest first.
 *
 * @param next what to ask with for the things after these; empty on the last page
 */
public record Page<T>(List<T> items, Optional<String> next) {
    /** The most things one page has. */
    public static final int MOST = 200;

    public Page {
        items = List.copyOf(items);
    }

    /** A page of things that are counted 1, 2, 3, … : its cursor is the number of its last one. */
    static <S, T> Page<T> numbered(List<S> found, int limit, Function<S, Integer> number, Function<S, T> view) {
        Optional<String> next = found.size() < limit || found.isEmpty()
                ? Optional.empty()
                : Optional.of(number.apply(found.getLast()))
                        .filter(last -> last > 1)
                        .map(String::valueOf);
        return new Page<>(found.stream().map(view).toList(), next);
    }
}
