package dev.slipway.platform.runtime.docker;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The processes of one sandbox as the kernel of this machine shows them. Whatever a step leaves running is killed before
 * its files are used, so that it cannot change them any more. Nothing is seen when the engine is on another machine.
 */
final class SandboxProcesses {

    private static final int ROUNDS = 1_000;

    private final ProcessFiles files;
    private final Set<Long> own;
    private final boolean visible;

    private SandboxProcesses(ProcessFiles files, long pid) {
        this.files = files;
        this.own = new HashSet<>(files.processes());
        this.visible = !own.isEmpty();
        own.add(pid);
    }

    /** Those of a container by its full id, whose first process is {@code pid}. */
    static SandboxProcesses of(String containerId, long pid) {
        return new SandboxProcesses(ProcessFiles.of(containerId, pid), pid);
    }

    /** Whether the kernel of this machine shows them. */
    boolean visible() {
        return visible;
    }

    /** How often the kernel killed one of them for want of memory; empty if that cannot be told. */
    OptionalLong memoryKills() {
        return files.memoryKills();
    }

    /**
     * Kills everything but the sandbox's idle process.
     *
     * @return whether nothing is left
     */
    boolean killStepLeftovers() {
        for (int round = 0; round < ROUNDS; round++) {
            List<Long> left =
                    files.processes().stream().filter(id -> !own.contains(id)).toList();
            if (left.isEmpty()) {
                return true;
            }
            left.forEach(files::kill);
            Thread.onSpinWait();
        }
        return false;
    }
}
