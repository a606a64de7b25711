package dev.slipway.platform.command;

import dev.slipway.platform.app.InvalidSettingException;
import dev.slipway.platform.app.ProcessLimits;
import java.util.Optional;

/**
 * New limits for the instances of a process type; what is empty stays.
 *
 * @param cpuMillis thousandths of a core
 * @param memoryBytes bytes
 */
public record LimitChange(Optional<Long> cpuMillis, Optional<Long> memoryBytes) {
    ProcessLimits applyTo(ProcessLimits before) {
        try {
            return new ProcessLimits(cpuMillis.orElse(before.cpuMillis()), memoryBytes.orElse(before.memoryBytes()));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("That limit cannot be: " + e.getMessage() + ".");
        }
    }
}
