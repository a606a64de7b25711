package dev.slipway.platform.git;

import dev.slipway.tenancy.identity.AppId;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** A commit found by id in an app's repository, opened anew for each checkout so that it can outlive its push. */
record StoredCommitSource(GitRepositories repositories, AppId app, CommitId commit) implements CommitSource {
    @Override
    public CheckoutFacts checkoutTo(Path directory) throws IOException {
        try (Repository repository = repositories.openOrCreate(app)) {
            return new Checkout(repository, directory).write(ObjectId.fromString(commit.value()));
        }
    }
}
