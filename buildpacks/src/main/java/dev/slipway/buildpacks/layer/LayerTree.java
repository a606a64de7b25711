package dev.slipway.buildpacks.layer;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Lists directories as layer entries; no link is followed, and sockets, pipes and devices are left out. */
public final class LayerTree {

    private LayerTree() {}

    /**
     * Lists a directory with everything in it.
     *
     * @param directory on the host
     * @param imagePath where it stands in the image, without leading slash
     * @return sorted by name; the first entry is the directory itself
     */
    public static List<LayerEntry> of(Path directory, String imagePath) throws IOException {
        List<LayerEntry> entries = new ArrayList<>();
        FileVisitor<Path> visitor = new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes ignored) throws IOException {
                entries.add(entry(path));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes basic) throws IOException {
                if (!basic.isOther()) {
                    entries.add(entry(path));
                }
                return FileVisitResult.CONTINUE;
            }

            private LayerEntry entry(Path path) throws IOException {
                String relative = directory.relativize(path).toString();
                return read(path, relative.isEmpty() ? imagePath : imagePath + "/" + relative);
            }
        };
        Files.walkFileTree(directory, visitor);
        Collections.sort(entries);
        return entries;
    }

    /** Directory entries for the parents of a path in the image, so that their owner and mode are ours. */
    public static List<LayerEntry> parents(String imagePath) {
        List<LayerEntry> entries = new ArrayList<>();
        for (int slash = imagePath.indexOf('/'); slash > 0; slash = imagePath.indexOf('/', slash + 1)) {
            entries.add(new LayerEntry(imagePath.substring(0, slash), 0755, new LayerEntry.Directory()));
        }
        return entries;
    }

    private static LayerEntry read(Path path, String name) throws IOException {
        Map<String, Object> found = Files.readAttributes(
                path,
                "unix:mode,size,ino,ctime,lastModifiedTime,isDirectory,isSymbolicLink",
                LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) attribute(found, "mode");
        if (attribute(found, "isDirectory").equals(true)) {
            return new LayerEntry(name, mode, new LayerEntry.Directory());
        }
        if (attribute(found, "isSymbolicLink").equals(true)) {
            return new LayerEntry(
                    name, 0777, new LayerEntry.Link(Files.readSymbolicLink(path).toString()));
        }
        String stamp = attribute(found, "ino") + " " + exact(attribute(found, "lastModifiedTime")) + " "
                + exact(attribute(found, "ctime"));
        return new LayerEntry(name, mode, new LayerEntry.HostFile(path, (Long) attribute(found, "size"), stamp));
    }

    private static Object attribute(Map<String, Object> attributes, String name) {
        return Objects.requireNonNull(attributes.get(name), name);
    }

    private static String exact(Object time) {
        return ((FileTime) time).toInstant().toString();
    }
}
