package dev.slipway.buildpacks.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The user and group that files put into a directory must have.
 *
 * @param uid user
 * @param gid group
 * @param foreign whether that is somebody else than the running process, so that files must be given away
 */
public record FileOwner(int uid, int gid, boolean foreign) {

    /** The owner of an existing directory. */
    public static FileOwner of(Path directory) throws IOException {
        int uid = (Integer) Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        int gid = (Integer) Files.getAttribute(directory, "unix:gid", LinkOption.NOFOLLOW_LINKS);
        return new FileOwner(uid, gid, runsAsRoot() && (uid != 0 || gid != 0));
    }

    /** The user and group of the running process's own files, if it may take files over from others. */
    public static FileOwner self() throws IOException {
        return new FileOwner(0, 0, runsAsRoot());
    }

    static boolean runsAsRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    /** Gives a file, directory or link to this owner. */
    public void give(Path path) throws IOException {
        if (foreign) {
            Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
