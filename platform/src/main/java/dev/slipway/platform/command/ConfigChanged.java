package dev.slipway.platform.command;

import java.util.List;
import java.util.Optional;

/**
 * What a change of config did.
 *
 * @param set names whose values are new or other than before
 * @param unset names that are gone
 * @param rolling the deployment that brings it to the instances; empty when nothing changed or nothing is released yet
 */
public record ConfigChanged(List<String> set, List<String> unset, Optional<Rolling> rolling) {
    public ConfigChanged {
        set = List.copyOf(set);
        unset = List.copyOf(unset);
    }
}
