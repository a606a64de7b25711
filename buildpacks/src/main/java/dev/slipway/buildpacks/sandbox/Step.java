package dev.slipway.buildpacks.sandbox;

import java.util.List;
import java.util.Map;

/**
 * One command to run in a sandbox.
 *
 * @param name short name for people and logs, for example {@code build}
 * @param command program and arguments, not passed through a shell
 * @param environment added to the sandbox's own environment
 * @param workingDirectory absolute path inside the sandbox
 */
public record Step(String name, List<String> command, Map<String, String> environment, String workingDirectory) {

    public Step {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("The step " + name + " has no command");
        }
    }
}
