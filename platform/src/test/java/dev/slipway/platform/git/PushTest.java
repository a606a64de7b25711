package dev.slipway.platform.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.git.AcceptedPush.Transport;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of a push, by the real git client over both transports. */
class PushTest {
    @TempDir
    Path home;

    GitWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new GitWorld(home);
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    @ParameterizedTest
    @EnumSource
    void firstBranchDeploysAndIsDescribed(Transport transport) throws Exception {
        WorkingCopy copy = world.workingCopy("w");
        String head = copy.git("rev-parse", "HEAD").strip();

        String said = copy.git("push", world.url(transport), "main");

        assertThat(said).contains("remote: =====> Live: " + head.substring(0, 7));
        AcceptedPush push = world.pushes.get(0);
        assertThat(push.branch()).isEqualTo("main");
        assertThat(push.commit().id().value()).isEqualTo(head);
        assertThat(push.commit().subject()).isEqualTo("Add hello.txt");
        assertThat(push.commit().authorName()).isEqualTo("Ada");
        assertThat(push.previous()).isEmpty();
        assertThat(push.forced()).isFalse();
        assertThat(push.transport()).isEqualTo(transport);
        assertThat(push.principal()).isEqualTo(GitWorld.ADA);
        assertThat(world.remoteRef("refs/heads/main")).isEqualTo(head);
    }

    @ParameterizedTest
    @EnumSource
    void rejectedBuildLeavesTheBranch(Transport transport) throws Exception {
        WorkingCopy copy = world.workingCopy("w");
        copy.git("push", world.url(transport), "main");
        String live = world.remoteRef("refs/heads/main");
        copy.commit("broken", "x");
        world.receiver = (push, out) -> {
            out.line(" !     npm ci failed with exit code 1");
            return new PushVerdict.Rejected("build failed");
        };

        Commands.Outcome outcome = copy.tryGit("push", world.url(transport), "main");

        assertThat(outcome.exit()).isNotZero();
        assertThat(outcome.output())
                .contains("remote:  !     npm ci failed with exit code 1")
                .contains("! [remote rejected] main -> main (build failed)");
        assertThat(world.remoteRef("refs/heads/main")).isEqualTo(live);
    }

    @ParameterizedTest
    @EnumSource
    void failingReceiverRejects(Transport transport) throws Exception {
        WorkingCopy copy = world.workingCopy("w");
        world.receiver = (push, out) -> {
            throw new IllegalStateException("secret detail");
        };

        Commands.Outcome outcome = copy.tryGit("push", world.url(transport), "main");

        assertThat(outcome.exit()).isNotZero();
        assertThat(outcome.output()).contains("internal error").doesNotContain("secret detail");
        assertThat(world.remoteRef("refs/heads/main")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void otherBranchesAndTagsAreStored(Transport transport) throws Exception {
        WorkingCopy copy = world.workingCopy("w");
        copy.git("push", world.url(transport), "main");
        copy.git("tag", "-a", "v1", "-m", "one");
        copy.git("branch", "dev");

        String said = copy.git("push", world.url(transport), "dev", "v1");

        assertThat(said)
                .contains("Stored branch dev: not deployed, only main deploys")
                .contains("Stored tag v1");
        assertThat(world.pushes).hasSize(1);
        assertThat(world.remoteRef("refs/heads/dev")).isNotEmpty();
        assertThat(world.remoteRef("refs/tags/v1")).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void deployBranchCannotBeDeletedOthersCan(Transport transport) throws Exception {
        WorkingCopy copy = world.workingCopy("w");
        copy.git("branch", "dev");
        copy.git("push", world.url(transport), "main", "dev");

        Commands.Outcome refused = copy.tryGit("push", world.url(transport), ":main");
        String deleted = copy.git("push", world.url(transport), ":dev");

        assertThat(refused.exit()).isNotZero();
        assertThat(refused.output()).contains(" !     The deploy branch main cannot be deleted");
        assertThat(deleted).contains("Deleted branch dev");
        assertThat(world.remoteRef("refs/heads/main")).isNotEmpty();
        assertThat(world.remoteRef("refs/heads/dev")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void forcedPushDeploysAndSaysSo(Transport transport) throws Exception {
        WorkingCopy copy = world.workingCopy("w");
        copy.commit("second", "2");
        copy.git("push", world.url(transport), "main");
        copy.git("reset", "-q", "--hard", "HEAD~1");
        String head = copy.commit("other", "3");

        assertThat(copy.tryGit("push", world.url(transport), "main").exit()).isNotZero();
        copy.git("push", "-f", world.url(transport), "main");

        assertThat(world.pushes).hasSize(2);
        assertThat(world.pushes.get(1).forced()).isTrue();
        assertThat(world.remoteRef("refs/heads/main")).isEqualTo(head);
    }

    @ParameterizedTest
    @EnumSource
    void emptyRepositoryClonesAndLaterFetchSeesThePush(Transport transport) throws Exception {
        Commands.Outcome empty = new WorkingCopy(home, home).tryGit("clone", world.url(transport), "empty");
        WorkingCopy copy = world.workingCopy("w");
        String head = copy.git("rev-parse", "HEAD").strip();
        copy.git("push", world.url(transport), "main");
        String upToDate = copy.git("push", world.url(transport), "main");
        new WorkingCopy(home, home).git("-c", "protocol.version=2", "clone", world.url(transport), "full");
        String refs = copy.git("ls-remote", world.url(transport));

        assertThat(empty.exit()).as(empty.output()).isZero();
        assertThat(upToDate).contains("Everything up-to-date");
        assertThat(home.resolve("full/hello.txt")).hasContent("hello\n");
        assertThat(refs).contains(head + "\trefs/heads/main").doesNotContain("slipway/");
    }

    @ParameterizedTest
    @EnumSource
    void branchThatNeverBecameLiveGivesWay(Transport transport) throws Exception {
        WorkingCopy copy = world.workingCopy("w");
        PushReceiver good = world.receiver;
        world.receiver = (push, out) -> new PushVerdict.Rejected("build failed");
        copy.tryGit("push", world.url(transport), "main:mian");
        world.receiver = good;

        copy.git("push", world.url(transport), "main");

        assertThat(world.deployBranch).containsValue("main");
        assertThat(world.remoteRef("refs/heads/main")).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void foreignRefsAndNonCommitsAreRefused(Transport transport) throws Exception {
        WorkingCopy copy = world.workingCopy("w");

        Commands.Outcome hidden = copy.tryGit("push", world.url(transport), "main:refs/slipway/releases/99");
        Commands.Outcome atomic = copy.tryGit("push", "--atomic", world.url(transport), "main", "main:refs/changes/1");

        assertThat(hidden.exit()).isNotZero();
        assertThat(hidden.output()).contains("Only branches, tags and notes are stored");
        assertThat(atomic.exit()).isNotZero();
        assertThat(world.remoteRef("refs/heads/main")).isEmpty();
        assertThat(world.pushes).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void outputIsLiveThroughSilences(Transport transport) throws Exception {
        WorkingCopy copy = world.workingCopy("w");
        CountDownLatch seen = new CountDownLatch(1);
        world.receiver = (push, out) -> {
            out.line("-----> first");
            // The client shows the first line only because it is flushed before the build ends.
            return seen.await(20, TimeUnit.SECONDS)
                    ? new PushVerdict.Accepted(world.nextRelease())
                    : new PushVerdict.Rejected("nobody saw it");
        };

        Process push = copy.start("push", world.url(transport), "main");
        StringBuilder said = new StringBuilder();
        byte[] buffer = new byte[1024];
        int read;
        while ((read = push.getInputStream().read(buffer)) > 0) {
            said.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            if (said.indexOf("-----> first") >= 0 && seen.getCount() > 0) {
                CountDownLatch silence = new CountDownLatch(1);
                assertThat(silence.await(350, TimeUnit.MILLISECONDS)).isFalse();
                seen.countDown();
            }
        }

        assertThat(push.waitFor()).as(said.toString()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void buildGoesOnWhenTheClientIsLost(Transport transport) throws Exception {
        WorkingCopy copy = world.workingCopy("w");
        String head = copy.git("rev-parse", "HEAD").strip();
        CountDownLatch building = new CountDownLatch(1);
        CountDownLatch lost = new CountDownLatch(1);
        world.receiver = (push, out) -> {
            building.countDown();
            while (out.attached() || lost.getCount() > 0) {
                out.line("-----> still building");
                if (lost.await(50, TimeUnit.MILLISECONDS) && !out.attached()) {
                    break;
                }
            }
            out.write("x".repeat(1 << 20));
            return new PushVerdict.Accepted(world.nextRelease());
        };

        Process push = copy.start("push", world.url(transport), "main");
        assertThat(building.await(20, TimeUnit.SECONDS)).isTrue();
        push.descendants().forEach(ProcessHandle::destroyForcibly);
        push.destroyForcibly().waitFor();
        lost.countDown();

        Await.until(
                "the branch moved",
                Duration.ofSeconds(30),
                () -> world.remoteRef("refs/heads/main").equals(head));
    }

    @ParameterizedTest
    @EnumSource
    void newerReleaseKeepsTheBranchWhoeverEndsLast(Transport transport) throws Exception {
        WorkingCopy first = world.workingCopy("first");
        first.git("push", world.url(transport), "main");
        WorkingCopy second = new WorkingCopy(home.resolve("second"), home);
        new WorkingCopy(home, home).git("clone", "-q", world.url(transport), "second");
        String older = first.commit("a", "a");
        String newer = second.commit("b", "b");
        CountDownLatch bothBuild = new CountDownLatch(2);
        CountDownLatch newerIsDone = new CountDownLatch(1);
        world.receiver = (push, out) -> {
            bothBuild.countDown();
            bothBuild.await(20, TimeUnit.SECONDS);
            boolean isOlder = push.commit().id().value().equals(older);
            if (isOlder) {
                newerIsDone.await(20, TimeUnit.SECONDS);
            }
            return new PushVerdict.Accepted(isOlder ? 10 : 11);
        };

        Process slow = first.start("push", world.url(transport), "main");
        Process quick = second.start("push", world.url(transport), "main");
        quick.getInputStream().readAllBytes();
        assertThat(quick.waitFor()).isZero();
        newerIsDone.countDown();
        String said = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(slow.waitFor()).as(said).isZero();
        assertThat(said).contains("A newer release followed v10");
        assertThat(world.remoteRef("refs/heads/main")).isEqualTo(newer);
        assertThat(world.remoteRef("refs/slipway/releases/10")).isEqualTo(older);
    }

    @ParameterizedTest
    @EnumSource
    void hundredMegabytesAndTenThousandFilesArrive(Transport transport) throws Exception {
        WorkingCopy copy = world.workingCopy("w");
        byte[] block = new byte[1 << 20];
        Random random = new Random(7);
        try (RandomAccessFile big =
                new RandomAccessFile(copy.directory.resolve("big").toFile(), "rw")) {
            for (int i = 0; i < 100; i++) {
                random.nextBytes(block);
                big.write(block);
            }
        }
        for (int i = 0; i < 10_000; i++) {
            Path file = copy.directory.resolve("d" + i % 100 + "/f" + i);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "file " + i);
        }
        copy.git("config", "core.compression", "0");
        copy.commitAll("Add much");
        Path out = home.resolve("out");
        CheckoutFacts[] facts = new CheckoutFacts[1];
        world.receiver = (push, output) -> {
            try {
                facts[0] = push.source().checkoutTo(out);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return new PushVerdict.Accepted(world.nextRelease());
        };

        copy.git("push", world.url(transport), "main");

        assertThat(facts[0].files()).isEqualTo(10_002);
        assertThat(Files.mismatch(copy.directory.resolve("big"), out.resolve("big")))
                .isEqualTo(-1);
        assertThat(out.resolve("d99/f9999")).hasContent("file 9999");
    }
}
