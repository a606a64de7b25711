package dev.slipway.platform.git;

import java.io.IOException;
import java.nio.file.Path;

/** The source tree of one commit. */
public interface CommitSource {
    /** Which commit. */
    CommitId commit();

    /**
     * Writes the tree into a directory: files, executable bits, and symbolic links that stay inside the tree. Submodules become
     * empty directories, Git LFS pointers stay pointers, links that lead out are left out; the answer tells of each.
     *
     * @param directory an empty directory, or one that does not exist yet
     * @throws IOException if the disk or the repository fails; what was written so far stays
     */
    CheckoutFacts checkoutTo(Path directory) throws IOException;
}
