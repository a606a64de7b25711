package dev.slipway.platform.git;

import dev.slipway.tenancy.identity.AppId;
import java.io.IOException;
import java.util.Optional;

/** Finds the source of a commit again, for a build that is resumed or repeated after its push. */
public interface Sources {
    /**
     * The source of a commit of an app.
     *
     * @return empty if the app has no repository or the repository has no such commit
     * @throws IOException if the repository cannot be read
     */
    Optional<CommitSource> find(AppId app, CommitId commit) throws IOException;
}
