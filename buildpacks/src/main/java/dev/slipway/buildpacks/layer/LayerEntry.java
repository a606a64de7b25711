package dev.slipway.buildpacks.layer;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One file, directory or link of a layer.
 *
 * @param name path in the image without leading slash, {@code /} between names, without trailing slash
 * @param mode permission bits, no set-id bits
 * @param content what it is
 */
public record LayerEntry(String name, int mode, Content content) implements Comparable<LayerEntry> {

    private static final int PERMISSIONS = 0777;

    /** What an entry is. */
    public sealed interface Content {}

    /** A directory. */
    public record Directory() implements Content {}

    /**
     * A symbolic link.
     *
     * @param target where it leads
     */
    public record Link(String target) implements Content {}

    /**
     * A file on the host.
     *
     * @param path where
     * @param size bytes
     * @param stamp inode, modification and change time; differs whenever the content may differ
     */
    public record HostFile(Path path, long size, String stamp) implements Content {}

    /**
     * A file that exists only here.
     *
     * @param text its content
     */
    public record Text(String text) implements Content {}

    public LayerEntry {
        mode = mode & PERMISSIONS;
    }

    /** Bytes of content. */
    public long size() {
        return switch (content) {
            case HostFile file -> file.size();
            case Text text -> text.text().length();
            case Directory directory -> 0;
            case Link link -> 0;
        };
    }

    /** The host file, if it is one. */
    public Optional<HostFile> hostFile() {
        return content instanceof HostFile file ? Optional.of(file) : Optional.empty();
    }

    @Override
    public int compareTo(LayerEntry other) {
        return name.compareTo(other.name);
    }
}
