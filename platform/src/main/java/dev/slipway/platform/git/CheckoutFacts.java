package dev.slipway.platform.git;

import java.util.List;

/**
 * What a checkout wrote.
 *
 * @param files number of regular files and links written
 * @param bytes their size together
 * @param notices sentences for the person who pushed, each one line, such as "Submodules are not fetched: vendor/lib"
 */
public record CheckoutFacts(int files, long bytes, List<String> notices) {
    /** Copies the list. */
    public CheckoutFacts {
        notices = List.copyOf(notices);
    }
}
