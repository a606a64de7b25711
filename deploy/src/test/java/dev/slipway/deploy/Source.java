package dev.slipway.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A developer's own git repository, with one branch, {@code main}. */
record Source(Path directory) {
    /** A copy of one of the samples, committed. */
    static Source sample(Installation slipway, String name) {
        Path sample = Path.of("samples", name);
        Source source = empty(slipway);
        try (var tree = Files.walk(sample)) {
            for (Path from : tree.filter(Files::isRegularFile).toList()) {
                source.write(sample.relativize(from).toString(), Files.readString(from));
            }
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        return source.commit("Begin");
    }

    /** These files, committed; content by path. */
    static Source of(Installation slipway, Map<String, String> files) {
        Source source = empty(slipway);
        files.forEach(source::write);
        return source.commit("Begin");
    }

    /** A static site of one page. */
    static Source page(Installation slipway, String text) {
        return of(slipway, Map.of("index.html", text + "\n"));
    }

    /** Another developer's clone of what is committed here. */
    Source copy(Installation slipway) {
        Source copy = empty(slipway);
        copy.git("pull", "-q", directory.toString(), "main");
        return copy;
    }

    private static Source empty(Installation slipway) {
        try {
            Source source = new Source(Files.createTempDirectory(slipway.home(), "source"));
            source.git("init", "-q", "-b", "main");
            return source;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    Source write(String path, String content) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    Source delete(String path) {
        try {
            Files.delete(directory.resolve(path));
            return this;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    Source replace(String path, String old, String text) {
        try {
            String content = Files.readString(directory.resolve(path));
            if (!content.contains(old)) {
                throw new AssertionError(path + " has no " + old);
            }
            return write(path, content.replace(old, text));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    Source commit(String message) {
        git("add", "-A");
        git("-c", "user.name=Test", "-c", "user.email=test@localhost", "commit", "-q", "--allow-empty", "-m", message);
        return this;
    }

    String head() {
        return git("rev-parse", "HEAD").strip();
    }

    private String git(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Command.in(directory).run(command).orFail();
    }
}
