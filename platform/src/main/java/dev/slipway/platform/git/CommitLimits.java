package dev.slipway.platform.git;

import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Counts a commit's tree against the limits before anything is built from it. */
final class CommitLimits {
    private final GitLimits limits;

    CommitLimits(GitLimits limits) {
        this.limits = limits;
    }

    /** The sentence of refusal, or empty if the commit is within the limits. */
    Optional<String> refuse(ObjectReader reader, RevCommit commit) throws IOException {
        int files = 0;
        try (TreeWalk tree = new TreeWalk(reader)) {
            tree.addTree(commit.getTree());
            while (tree.next()) {
                if (tree.getFileMode(0) == FileMode.TREE) {
                    if (tree.getDepth() >= limits.maxTreeDepth()) {
                        return Optional.of("Directories are nested deeper than " + limits.maxTreeDepth() + " at "
                                + tree.getPathString() + ". The operator sets this by slipway.git.max-tree-depth.");
                    }
                    tree.enterSubtree();
                } else if (++files > limits.maxFiles()) {
                    return Optional.of("The commit has more than " + limits.maxFiles()
                            + " files. Leave generated files and dependencies out of git (.gitignore); the operator"
                            + " sets the limit by slipway.git.max-files.");
                }
            }
        }
        return Optional.empty();
    }
}
