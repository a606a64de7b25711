package dev.slipway.platform.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits come from another git server, here one of our own, and are handed on as pushes. */
class SourceFetchTest {
    private static final AppId APP = AppId.random();
    private static final RepositoryAccess.Granted ACCESS = new RepositoryAccess.Granted(APP, AppRef.of("acme/pulled"));

    @TempDir
    Path directory;

    private GitWorld host;
    private WorkingCopy copy;
    private GitRepositories here;
    private final Map<AppId, String> branches = new ConcurrentHashMap<>();
    private final List<AcceptedPush> handed = new ArrayList<>();
    private PushVerdict verdict = new PushVerdict.Accepted(1);

    private final DeployBranch deployBranch = new DeployBranch() {
        @Override
        public Optional<String> of(AppId app) {
            return Optional.ofNullable(branches.get(app));
        }

        @Override
        public String claim(AppId app, String branch, Optional<String> expected) {
            branches.put(app, branch);
            return branch;
        }
    };

    @BeforeEach
    void start() throws Exception {
        host = new GitWorld(Files.createDirectories(directory.resolve("host")));
        copy = host.workingCopy("work");
        here = new GitRepositories(directory.resolve("here"));
    }

    @AfterEach
    void stop() throws Exception {
        host.close();
    }

    private String pushed() throws Exception {
        copy.git("push", "-q", "-f", host.url(AcceptedPush.Transport.HTTP), "main");
        return host.remoteRef("refs/heads/main");
    }

    private PushVerdict deploy(String branch, String commit, String password) throws Exception {
        return deploy(GitWorld.LIMITS, branch, commit, password);
    }

    private PushVerdict deploy(GitLimits limits, String branch, String commit, String password) throws Exception {
        SourceFetch fetch = new SourceFetch(
                here,
                deployBranch,
                (push, out) -> {
                    handed.add(push);
                    return verdict;
                },
                limits);
        return fetch.deploy(
                ACCESS,
                GitWorld.ADA,
                new SourceFetch.Origin(
                        URI.create("http://127.0.0.1:" + host.httpPort() + "/git/acme/shop.git"),
                        Optional.of("any"),
                        Optional.of(password)),
                branch,
                CommitId.of(commit),
                new PushOutput() {
                    @Override
                    public void write(String text) {}

                    @Override
                    public boolean attached() {
                        return false;
                    }
                });
    }

    private List<String> refs() throws IOException {
        try (Repository repository = here.openOrCreate(APP)) {
            return repository.getRefDatabase().getRefs().stream()
                    .filter(ref -> !ref.isSymbolic())
                    .map(ref -> ref.getName() + " " + ref.getObjectId().name())
                    .toList();
        }
    }

    @Test
    void aCommitIsFetchedHandedOnAndTheBranchFollows() throws Exception {
        String first = pushed();
        assertThat(deploy("main", first, GitWorld.TOKEN)).isEqualTo(new PushVerdict.Accepted(1));
        assertThat(branches).containsEntry(APP, "main");
        assertThat(handed).singleElement().satisfies(push -> {
            assertThat(push.commit().id().value()).isEqualTo(first);
            assertThat(push.previous()).isEmpty();
            assertThat(push.forced()).isFalse();
            Path tree = Files.createDirectories(directory.resolve("tree"));
            push.source().checkoutTo(tree);
            assertThat(tree.resolve("hello.txt")).hasContent("hello\n");
        });
        assertThat(refs()).contains("refs/heads/main " + first).noneMatch(ref -> ref.contains("fetched"));

        copy.commit("more.txt", "more\n");
        String second = pushed();
        verdict = new PushVerdict.Accepted(2);
        deploy("main", second, GitWorld.TOKEN);
        assertThat(handed.getLast().previous()).contains(CommitId.of(first));
        assertThat(refs()).contains("refs/heads/main " + second);
    }

    @Test
    void aBranchThatIsFurtherByNowDeploysTheCommitThatWasToldOf() throws Exception {
        String first = pushed();
        copy.commit("more.txt", "more\n");
        pushed();
        deploy("main", first, GitWorld.TOKEN);
        assertThat(handed.getLast().commit().id().value()).isEqualTo(first);
    }

    @Test
    void whatIsRejectedMovesNothing() throws Exception {
        String first = pushed();
        verdict = new PushVerdict.Rejected("build 1 failed");
        assertThat(deploy("main", first, GitWorld.TOKEN)).isEqualTo(verdict);
        assertThat(refs()).isEmpty();
    }

    @Test
    void whatCannotBeFetchedIsSaid() throws Exception {
        String first = pushed();
        assertThatThrownBy(() -> deploy("main", first, "wrong"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("main cannot be fetched from http://127.0.0.1")
                .hasMessageNotContaining("wrong");
        assertThatThrownBy(() -> deploy("other", first, GitWorld.TOKEN)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> deploy("main", "1".repeat(40), GitWorld.TOKEN))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("commit 1111111 is not on main");
        assertThat(handed).isEmpty();
        assertThat(refs()).isEmpty();
    }

    @Test
    void aCommitOfAnotherBranchIsNotSmuggledIn() throws Exception {
        String main = pushed();
        deploy("main", main, GitWorld.TOKEN);
        copy.git("checkout", "-q", "-b", "side");
        copy.commit("side.txt", "side\n");
        copy.git("push", "-q", host.url(AcceptedPush.Transport.HTTP), "side");
        String side = host.remoteRef("refs/heads/side");
        assertThatThrownBy(() -> deploy("main", side, GitWorld.TOKEN)).isInstanceOf(IOException.class);
    }

    @Test
    void limitsHoldAsForPushes() throws Exception {
        String first = pushed();
        GitLimits few = new GitLimits(
                512L << 20, 256L << 20, 4L << 30, 0, 64, GitWorld.LIMITS.clientTimeout(), GitWorld.LIMITS.keepAlive());
        assertThat(deploy(few, "main", first, GitWorld.TOKEN))
                .isInstanceOfSatisfying(
                        PushVerdict.Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains("more than 0 files"));
        assertThat(handed).isEmpty();
    }
}
