package dev.slipway.buildpacks.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A source tree that is a directory of this machine; {@code .git} is left out.
 *
 * @param directory an existing directory
 */
public record DirectorySource(Path directory) implements SourceTree {

    @Override
    public void writeTo(TreeWriter target) throws IOException {
        write("", directory, target);
    }

    private static void write(String prefix, Path directory, TreeWriter target) throws IOException {
        List<Path> children;
        try (Stream<Path> found = Files.list(directory)) {
            children = found.sorted(Comparator.comparing(Path::toString)).toList();
        }
        for (Path child : children) {
            String name = prefix + child.getFileName();
            if (Files.isSymbolicLink(child)) {
                target.link(name, Files.readSymbolicLink(child).toString());
            } else if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                if (!name.equals(".git")) {
                    write(name + "/", child, target);
                }
            } else {
                try (InputStream content = Files.newInputStream(child)) {
                    target.file(name, Files.isExecutable(child), content);
                }
            }
        }
    }
}
