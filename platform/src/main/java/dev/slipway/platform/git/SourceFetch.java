package dev.slipway.platform.git;

import dev.slipway.tenancy.access.Principal;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/** Fetches a branch from a repository elsewhere and hands its commit on as if it had been pushed here. */
public final class SourceFetch {
    private static final String FETCHED = DeployedRefs.HIDDEN + "fetched/";

    private final GitRepositories repositories;
    private final DeployBranch branches;
    private final PushReceiver receiver;
    private final GitLimits limits;

    /** @param receiver what happens to pushes */
    public SourceFetch(GitRepositories repositories, DeployBranch branches, PushReceiver receiver, GitLimits limits) {
        this.repositories = repositories;
        this.branches = branches;
        this.receiver = receiver;
        this.limits = limits;
    }

    /**
     * From where, and as whom.
     *
     * @param url HTTP; redirects are not followed, since only this host was looked at
     */
    public record Origin(URI url, Optional<String> user, Optional<String> password) {
        @Override
        public String toString() {
            return url.toString();
        }
    }

    /**
     * Fetches, and has the commit built and deployed; returns when that has ended. The branch becomes the app's deploy branch.
     *
     * @param commit what the branch is said to be at; it may be further by now, then this commit is deployed all the same
     * @throws IOException if nothing could be fetched, or the commit is not of the branch
     */
    public PushVerdict deploy(
            RepositoryAccess.Granted access,
            Principal principal,
            Origin origin,
            String branch,
            CommitId commit,
            PushOutput out)
            throws IOException, InterruptedException {
        String own = FETCHED + UUID.randomUUID();
        try (Repository repository = repositories.openOrCreate(access.app());
                RevWalk commits = new RevWalk(repository)) {
            try {
                fetch(repository, origin, branch, own);
                if (GitRepositories.size(repository) > limits.maxRepositoryBytes()) {
                    return new PushVerdict.Rejected("the repository is larger than "
                            + (limits.maxRepositoryBytes() >> 20) + " MB (slipway.git.max-repository-size)");
                }
                RevCommit wanted = commit(repository, commits, own, branch, commit);
                Optional<String> tooMuch = new CommitLimits(limits).refuse(commits.getObjectReader(), wanted);
                return tooMuch.isPresent()
                        ? new PushVerdict.Rejected(tooMuch.get())
                        : hand(repository, commits, access, principal, branch, wanted, out);
            } finally {
                drop(repository, own);
            }
        }
    }

    private void fetch(Repository repository, Origin origin, String branch, String into) throws IOException {
        repository.getConfig().setString("http", null, "followRedirects", "false");
        try (Git git = Git.wrap(repository)) {
            var fetch = git.fetch()
                    .setRemote(origin.url().toString())
                    .setRefSpecs(List.of(new RefSpec("+" + Constants.R_HEADS + branch + ":" + into)))
                    .setTagOpt(TagOpt.NO_TAGS)
                    .setCheckFetchedObjects(true)
                    .setTimeout((int) limits.clientTimeout().toSeconds());
            origin.password()
                    .ifPresent(password -> fetch.setCredentialsProvider(new UsernamePasswordCredentialsProvider(
                            origin.user().orElse("git"), password)));
            fetch.call();
        } catch (GitAPIException e) {
            throw new IOException(branch + " cannot be fetched from " + origin + ": " + e.getMessage(), e);
        }
    }

    private static RevCommit commit(
            Repository repository, RevWalk commits, String fetched, String branch, CommitId commit) throws IOException {
        Ref tip = repository.exactRef(fetched);
        ObjectId id = ObjectId.fromString(commit.value());
        if (tip == null || !repository.getObjectDatabase().has(id)) {
            throw new IOException("commit " + commit.abbreviated() + " is not on " + branch + " there (any more)");
        }
        RevCommit wanted = commits.parseCommit(id);
        if (!commits.isMergedInto(wanted, commits.parseCommit(tip.getObjectId()))) {
            throw new IOException("commit " + commit.abbreviated() + " is not on " + branch + " there (any more)");
        }
        commits.parseBody(wanted);
        return wanted;
    }

    private PushVerdict hand(
            Repository repository,
            RevWalk commits,
            RepositoryAccess.Granted access,
            Principal principal,
            String branch,
            RevCommit commit,
            PushOutput out)
            throws IOException, InterruptedException {
        Optional<String> inForce = branches.of(access.app());
        if (!inForce.equals(Optional.of(branch))) {
            branches.claim(access.app(), branch, inForce);
        }
        Ref before = repository.exactRef(Constants.R_HEADS + branch);
        boolean forced = before != null && !commits.isMergedInto(commits.parseCommit(before.getObjectId()), commit);
        PushedCommit pushed = PushedCommit.of(commit);
        PushVerdict verdict = receiver.accept(
                new AcceptedPush(
                        access.app(),
                        access.ref(),
                        principal,
                        AcceptedPush.Transport.HTTP,
                        branch,
                        pushed,
                        Optional.ofNullable(before)
                                .map(ref -> CommitId.of(ref.getObjectId().name())),
                        forced,
                        new StoredCommitSource(repositories, access.app(), pushed.id())),
                out);
        if (verdict instanceof PushVerdict.Accepted accepted) {
            new DeployedRefs(repository).settle(branch, commit, accepted.release());
        }
        return verdict;
    }

    private static void drop(Repository repository, String ref) throws IOException {
        RefUpdate update = repository.updateRef(ref);
        update.setForceUpdate(true);
        update.delete();
    }
}
