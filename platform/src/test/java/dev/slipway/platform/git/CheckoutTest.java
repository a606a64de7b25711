package dev.slipway.platform.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.git.AcceptedPush.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a checkout writes and what it only tells of. */
class CheckoutTest {
    @TempDir
    Path home;

    @Test
    void modesLinksSubmodulesAndPointers() throws Exception {
        try (GitWorld world = new GitWorld(home)) {
            WorkingCopy copy = world.workingCopy("w");
            Path root = copy.directory;
            Files.writeString(root.resolve("run.sh"), "#!/bin/sh\n");
            assertThat(root.resolve("run.sh").toFile().setExecutable(true)).isTrue();
            Files.createSymbolicLink(root.resolve("inside"), Path.of("run.sh"));
            Files.createSymbolicLink(root.resolve("outside"), Path.of("/etc/passwd"));
            Files.writeString(
                    root.resolve("model.bin"), "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
            copy.git("add", "-A");
            copy.git(
                    "update-index",
                    "--add",
                    "--cacheinfo",
                    "160000,0123456789012345678901234567890123456789,vendor/lib");
            copy.git("commit", "-q", "-m", "All kinds");
            copy.git("push", world.url(Transport.SSH), "main");
            Path out = home.resolve("out");

            CheckoutFacts facts = world.pushes.get(0).source().checkoutTo(out);

            assertThat(Files.isExecutable(out.resolve("run.sh"))).isTrue();
            assertThat(Files.isExecutable(out.resolve("hello.txt"))).isFalse();
            assertThat(Files.readSymbolicLink(out.resolve("inside"))).isEqualTo(Path.of("run.sh"));
            assertThat(Files.exists(out.resolve("outside"), java.nio.file.LinkOption.NOFOLLOW_LINKS))
                    .isFalse();
            assertThat(out.resolve("vendor/lib")).isEmptyDirectory();
            assertThat(facts.notices())
                    .containsExactly(
                            "Submodules are not fetched, their directories are empty: vendor/lib",
                            "Git LFS files are not fetched, the app sees their pointers: model.bin",
                            "Links that lead out of the source are left out: outside");
        }
    }

    @Test
    void sourceIsFoundAgainAfterThePushAndCollectionAndGoneAfterRemoval() throws Exception {
        try (GitWorld world = new GitWorld(home)) {
            WorkingCopy copy = world.workingCopy("w");
            CommitId head = CommitId.of(copy.git("rev-parse", "HEAD").strip());
            copy.git("push", world.url(Transport.HTTP), "main");

            world.repositories.collectGarbage(world.app);
            assertThat(world.repositories.find(world.app, head)).isPresent();
            assertThat(world.repositories.find(world.app, CommitId.of("0".repeat(39) + "1")))
                    .isEmpty();

            world.repositories.remove(world.app);
            assertThat(world.repositories.find(world.app, head)).isEmpty();
            assertThat(home.resolve("git")).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a,b,true",
        "a/l,../b,true",
        "a,../b,false",
        "a,/etc/passwd,false",
        "a/b/l,../../c,true",
        "a/b/l,../../../c,false",
        "a,x/../..,false",
        "l,x/y/z/..,false",
        "a,./b/./c,true"
    })
    void linksMayOnlyClimbThroughRealDirectories(String path, String destination, boolean inside) {
        assertThat(LinkTarget.staysInside(path, destination)).isEqualTo(inside);
    }
}
