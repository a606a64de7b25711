package dev.slipway.platform.git;

import java.io.IOException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Moves the deploy branch to what is live. Each deployed commit first gets a hidden ref of its own, {@code
 * refs/slipway/releases/<number>}, which also keeps it from garbage collection; the branch then follows the highest number,
 * whichever of several pushes ends last (decision 0061).
 */
final class DeployedRefs {
    /** Refs below this are the platform's: clients neither see nor write them. */
    static final String HIDDEN = "refs/slipway/";

    private static final String RELEASES = HIDDEN + "releases/";
    private static final int ATTEMPTS = 50;

    private final Repository repository;

    DeployedRefs(Repository repository) {
        this.repository = repository;
    }

    /** What became of the branch. */
    enum Settled {
        MOVED,
        KEPT_NEWER,
        LOCKED
    }

    Settled settle(String branch, ObjectId commit, long release) throws IOException {
        RefUpdate own = repository.updateRef(RELEASES + release);
        own.setNewObjectId(commit);
        own.setForceUpdate(true);
        own.setRefLogMessage("release v" + release, false);
        own.update();
        String name = Constants.R_HEADS + branch;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            // The branch is read before the releases: a later release that is not listed yet has its branch update
            // ahead.
            Ref current = repository.exactRef(name);
            if (newest() > release) {
                return Settled.KEPT_NEWER;
            }
            if (move(name, current, commit, release)) {
                follow(name);
                return Settled.MOVED;
            }
            Thread.onSpinWait();
        }
        return Settled.LOCKED;
    }

    private boolean move(String name, @Nullable Ref current, ObjectId commit, long release) throws IOException {
        RefUpdate update = repository.updateRef(name);
        ObjectId old = current == null ? null : current.getObjectId();
        update.setExpectedOldObjectId(old == null ? ObjectId.zeroId() : old);
        update.setNewObjectId(commit);
        update.setForceUpdate(true);
        update.setRefLogMessage("deployed as v" + release, false);
        return switch (update.update()) {
            case NEW, FAST_FORWARD, FORCED, NO_CHANGE -> true;
            case LOCK_FAILURE -> false;
            default -> throw new IOException("Moving a branch failed ref=" + name + " result=" + update.getResult());
        };
    }

    private long newest() throws IOException {
        long newest = 0;
        for (Ref ref : repository.getRefDatabase().getRefsByPrefix(RELEASES)) {
            newest = Math.max(newest, Long.parseLong(ref.getName().substring(RELEASES.length())));
        }
        return newest;
    }

    private void follow(String name) throws IOException {
        Ref head = repository.exactRef(Constants.HEAD);
        if (head == null || !head.isSymbolic() || !head.getTarget().getName().equals(name)) {
            repository.updateRef(Constants.HEAD).link(name);
        }
    }
}
