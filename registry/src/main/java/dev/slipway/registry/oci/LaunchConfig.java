package dev.slipway.registry.oci;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a container of an image starts: the {@code config} object of an image configuration.
 *
 * @param user name or id, with an optional group after a colon
 * @param environment {@code NAME=value} entries in order
 * @param entrypoint the command
 * @param arguments what follows the command unless others are given ({@code Cmd})
 * @param workingDirectory absolute path
 * @param labels free words about the image, in the order given
 * @param exposedPorts such as {@code 8080/tcp}
 * @param stopSignal such as {@code SIGTERM}
 */
public record LaunchConfig(
        Optional<String> user,
        List<String> environment,
        List<String> entrypoint,
        List<String> arguments,
        Optional<String> workingDirectory,
        Map<String, String> labels,
        Set<String> exposedPorts,
        Optional<String> stopSignal) {

    /** Nothing said. */
    public static final LaunchConfig EMPTY = new LaunchConfig(
            Optional.empty(), List.of(), List.of(), List.of(), Optional.empty(), Map.of(), Set.of(), Optional.empty());

    /** Copies what could change. */
    public LaunchConfig {
        environment = List.copyOf(environment);
        entrypoint = List.copyOf(entrypoint);
        arguments = List.copyOf(arguments);
        labels = Ordered.copy(labels);
        exposedPorts = Collections.unmodifiableSet(new TreeSet<>(exposedPorts));
    }

    /** The same for another user. */
    public LaunchConfig withUser(String other) {
        return new LaunchConfig(
                Optional.of(other),
                environment,
                entrypoint,
                arguments,
                workingDirectory,
                labels,
                exposedPorts,
                stopSignal);
    }

    /** The same with this environment instead. */
    public LaunchConfig withEnvironment(List<String> other) {
        return new LaunchConfig(user, other, entrypoint, arguments, workingDirectory, labels, exposedPorts, stopSignal);
    }

    /** The same with another command and arguments. */
    public LaunchConfig withCommand(List<String> otherEntrypoint, List<String> otherArguments) {
        return new LaunchConfig(
                user, environment, otherEntrypoint, otherArguments, workingDirectory, labels, exposedPorts, stopSignal);
    }

    /** The same starting in another directory. */
    public LaunchConfig withWorkingDirectory(String other) {
        return new LaunchConfig(
                user, environment, entrypoint, arguments, Optional.of(other), labels, exposedPorts, stopSignal);
    }

    /** The same with these labels instead. */
    public LaunchConfig withLabels(Map<String, String> other) {
        return new LaunchConfig(
                user, environment, entrypoint, arguments, workingDirectory, other, exposedPorts, stopSignal);
    }
}
