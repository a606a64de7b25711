package dev.slipway.buildpacks.image;

import java.util.ArrayList;
import java.util.List;

/**
 * A process that a buildpack defines in its {@code launch.toml}.
 *
 * @param type for example {@code web}
 * @param command program and its fixed arguments, run without a shell
 * @param arguments further arguments
 * @param workingDirectory absolute, or relative to the app directory; empty for the app directory
 * @param isDefault whether it is the image's default process
 * @param buildpack id of the buildpack
 */
public record LaunchProcess(
        String type,
        List<String> command,
        List<String> arguments,
        String workingDirectory,
        boolean isDefault,
        String buildpack) {

    public LaunchProcess {
        command = List.copyOf(command);
        arguments = List.copyOf(arguments);
    }

    /** Command and arguments. */
    public List<String> words() {
        List<String> words = new ArrayList<>(command);
        words.addAll(arguments);
        return words;
    }

    /** The command as a developer would write it. */
    public String display() {
        boolean shell = command.size() == 3
                && (command.getFirst().equals("bash") || command.getFirst().equals("sh"))
                && command.get(1).equals("-c");
        return shell ? command.get(2) : String.join(" ", words());
    }
}
