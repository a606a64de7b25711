package dev.slipway.platform.git;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A working copy driven by the real git client. */
final class WorkingCopy {
    final Path directory;
    private final Path home;

    WorkingCopy(Path directory, Path home) {
        this.directory = directory;
        this.home = home;
    }

    /** Runs git and demands success. */
    String git(String... arguments) throws Exception {
        Commands.Outcome outcome = tryGit(arguments);
        if (outcome.exit() != 0) {
            throw new AssertionError("git " + String.join(" ", arguments) + ": " + outcome.output());
        }
        return outcome.output();
    }

    Commands.Outcome tryGit(String... arguments) throws Exception {
        return Commands.run(directory, environment(), command(arguments));
    }

    Process start(String... arguments) throws Exception {
        return Commands.start(directory, environment(), List.of(command(arguments)));
    }

    String commit(String file, String content) throws Exception {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        return commitAll("Add " + file);
    }

    String commitAll(String message) throws Exception {
        git("add", "-A");
        git("commit", "-q", "-m", message);
        return git("rev-parse", "HEAD").strip();
    }

    private static String[] command(String... arguments) {
        return Stream.concat(
                        Stream.of("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "gc.auto=0"),
                        Stream.of(arguments))
                .toArray(String[]::new);
    }

    private Map<String, String> environment() {
        return Map.of(
                "GIT_SSH_COMMAND",
                "ssh -F none -o StrictHostKeyChecking=accept-new -o IdentitiesOnly=yes -o BatchMode=yes"
                        + " -o UserKnownHostsFile=" + home.resolve("known_hosts") + " -i " + home.resolve("right"));
    }
}
