package dev.slipway.buildpacks.lifecycle;

import dev.slipway.buildpacks.log.PushFormat;
import java.util.ArrayList;
import java.util.List;

/** Why a build failed, in sentences for the developer: what was tried, what came back, what to do next. */
public sealed interface BuildFailure {

    /** The sentences, each to be shown on lines of its own. */
    List<String> sentences();

    /**
     * The source tree holds something that is not built.
     *
     * @param path the entry
     * @param reason why
     */
    record SourceRefused(String path, String reason) implements BuildFailure {
        @Override
        public List<String> sentences() {
            return List.of("Tried to write the source tree: " + path + ": " + reason, "Correct it and push again.");
        }
    }

    /**
     * A descriptor file cannot be understood.
     *
     * @param message file, line, key and problem
     */
    record BadDescriptor(String message) implements BuildFailure {
        @Override
        public List<String> sentences() {
            return List.of(message, "Correct the file, commit and push again.");
        }
    }

    /**
     * No group of buildpacks fits.
     *
     * @param tried one line for each buildpack
     */
    record NothingDetected(List<String> tried) implements BuildFailure {

        public NothingDetected {
            tried = List.copyOf(tried);
        }

        @Override
        public List<String> sentences() {
            List<String> sentences = new ArrayList<>();
            sentences.add("Tried to find out what this source is; no buildpack takes it:");
            tried.forEach(line -> sentences.add("  " + line));
            sentences.add("Add one of these files, a Procfile that says how to start the app, or a Dockerfile.");
            return sentences;
        }
    }

    /**
     * The project names a buildpack that is not there.
     *
     * @param wanted ids in {@code project.toml}
     * @param known ids there are
     */
    record UnknownBuildpack(List<String> wanted, List<String> known) implements BuildFailure {
        @Override
        public List<String> sentences() {
            return List.of(
                    "project.toml asks for the buildpacks " + String.join(", ", wanted) + ".",
                    "There are " + String.join(", ", known) + ".",
                    "Name some of these, or remove the group to let Slipway choose.");
        }
    }

    /**
     * A buildpack ended with an exit code that says so, in detection or build.
     *
     * @param buildpack its name for people
     * @param phase {@code detect} or {@code build}
     * @param code exit code
     * @param output the last lines it printed, if they were not shown already
     */
    record BuildpackFailed(String buildpack, String phase, int code, String output) implements BuildFailure {
        @Override
        public List<String> sentences() {
            List<String> sentences = new ArrayList<>();
            sentences.add("Tried to " + phase + " with the buildpack " + buildpack + ": it ended with exit code " + code
                    + ".");
            if (!output.isEmpty()) {
                sentences.add(output);
            }
            sentences.add("The reason is in the lines above. Correct it, commit and push again.");
            return sentences;
        }
    }

    /**
     * A buildpack broke the rules of the buildpack API.
     *
     * @param buildpack its name for people
     * @param problem what is wrong
     */
    record BuildpackMisbehaved(String buildpack, String problem) implements BuildFailure {
        @Override
        public List<String> sentences() {
            return List.of(
                    "Tried to read what the buildpack " + buildpack + " left: " + problem,
                    "This is a fault of the buildpack; tell its maintainer.");
        }
    }

    /**
     * The image has nothing that could be run.
     *
     * @param origin what it was built by, for example {@code Dockerfile}
     */
    record NoCommand(String origin) implements BuildFailure {
        @Override
        public List<String> sentences() {
            return List.of(
                    "Built by " + origin + ", but nothing says how to start the app.",
                    origin.equals("Dockerfile")
                            ? "Add CMD or ENTRYPOINT to the Dockerfile, or a Procfile like 'web: bin/server'."
                            : "Add a Procfile like 'web: bin/server'.");
        }
    }

    /**
     * A Dockerfile failed.
     *
     * @param instruction what was tried, or empty
     * @param answer what came back
     */
    record DockerfileFailed(String instruction, String answer) implements BuildFailure {
        @Override
        public List<String> sentences() {
            return List.of(
                    "Tried to build the Dockerfile" + (instruction.isEmpty() ? "" : ", at: " + instruction),
                    answer,
                    "Correct it, commit and push again.");
        }
    }

    /**
     * The build used up its memory.
     *
     * @param limitBytes what it had
     */
    record OutOfMemory(long limitBytes) implements BuildFailure {
        @Override
        public List<String> sentences() {
            return List.of(
                    "The build used up its memory of " + PushFormat.size(limitBytes) + " and was ended.",
                    "Make it need less, or ask the operator for a higher limit of builds.");
        }
    }

    /**
     * The build wrote too much.
     *
     * @param limitBytes what it may write
     */
    record TooMuchDisk(long limitBytes) implements BuildFailure {
        @Override
        public List<String> sentences() {
            return List.of(
                    "The build wrote more than " + PushFormat.size(limitBytes) + " to its disk and was ended.",
                    "Make it write less, or ask the operator for a higher limit of builds.");
        }
    }

    /**
     * The build printed too much.
     *
     * @param limitBytes what is kept
     */
    record TooMuchOutput(long limitBytes) implements BuildFailure {
        @Override
        public List<String> sentences() {
            return List.of(
                    "The build printed more than " + PushFormat.size(limitBytes)
                            + "; the log is cut here and the build was ended.",
                    "Make it print less, then push again.");
        }
    }

    /**
     * The platform could not do its part.
     *
     * @param attempted what was tried on which thing
     * @param answer what came back
     */
    record PlatformFailed(String attempted, String answer) implements BuildFailure {
        @Override
        public List<String> sentences() {
            return List.of(
                    "Tried to " + attempted + ": " + answer,
                    "This is no fault of your source. Push again; if it stays, tell the operator.");
        }
    }
}
