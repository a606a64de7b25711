package dev.slipway.buildpacks.image;

import java.util.List;

/**
 * A process type of an image, as the runtime and people need it.
 *
 * @param type for example {@code web}
 * @param command what a container of the image must be told to run it; empty for the image's own command
 * @param display the command as the developer would write it
 * @param isDefault whether the image runs it when told nothing
 */
public record ProcessType(String type, List<String> command, String display, boolean isDefault) {

    public ProcessType {
        command = List.copyOf(command);
    }
}
