package dev.slipway.platform.runtime.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The user that builds run as. When Slipway is root it gives the files of a build away to an unprivileged user;
 * otherwise builds run as Slipway's own user, because it cannot give files away.
 *
 * @param uid user
 * @param gid group
 */
record BuildUser(int uid, int gid) {

    static BuildUser of(SandboxSettings settings) throws IOException {
        int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        int gid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:gid");
        if (uid != 0) {
            return new BuildUser(uid, gid);
        }
        String[] parts = settings.user().split(":", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("slipway.build.user is like 1000:1000, not like " + settings.user());
        }
        return new BuildUser(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    /** Makes this user the owner of a directory that Slipway made. */
    void own(Path directory) throws IOException {
        Files.setAttribute(directory, "unix:uid", uid);
        Files.setAttribute(directory, "unix:gid", gid);
    }

    @Override
    public String toString() {
        return uid + ":" + gid;
    }
}
