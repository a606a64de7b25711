package dev.slipway.buildpacks.source;

import java.io.IOException;

/** The files of one commit, or of one directory, that are to be built. */
@FunctionalInterface
public interface SourceTree {

    /**
     * Writes every file and link of the tree.
     *
     * @param target where to; it refuses names that lead outside and trees that are too large
     * @throws SourceRefusedException if the target refuses; the message is for the developer
     * @throws IOException if reading or writing fails
     */
    void writeTo(TreeWriter target) throws IOException;
}
