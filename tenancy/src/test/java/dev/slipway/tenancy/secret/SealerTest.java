package dev.slipway.tenancy.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tenancy.secret.SealBrokenException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {
    private static final String CONTEXT = "config:1:DATABASE_URL";

    @TempDir
    Path home;

    @Test
    void whatIsSealedOpensAndDoesNotShow() {
        Sealer sealer = sealer("a/keys");
        byte[] sealed = sealer.sealText("postgres://secret", CONTEXT);

        assertThat(sealer.openText(sealed, CONTEXT)).isEqualTo("postgres://secret");
        assertThat(new String(sealed, UTF_8)).doesNotContain("secret");
        assertThat(sealer.sealText("postgres://secret", CONTEXT)).isNotEqualTo(sealed);
        assertThat(sealer.open(sealer.seal(new byte[0], CONTEXT), CONTEXT)).isEmpty();
    }

    @Test
    void eachChangedByteIsFound() {
        Sealer sealer = sealer("keys");
        byte[] sealed = sealer.sealText("value", CONTEXT);
        for (int at = 0; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            Reason expected = at == 0 ? Reason.NOT_SEALED : at < 5 ? Reason.UNKNOWN_KEY : Reason.TAMPERED;
            assertReason(sealer, changed, CONTEXT, expected);
        }
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> sealer.open(cut, CONTEXT)).isInstanceOf(SealBrokenException.class);
        }
    }

    @Test
    void aValueOpensOnlyWhereItBelongs() {
        Sealer sealer = sealer("keys");
        byte[] sealed = sealer.sealText("value", CONTEXT);

        assertReason(sealer, sealed, "config:2:DATABASE_URL", Reason.TAMPERED);
        assertReason(sealer("others"), sealed, CONTEXT, Reason.UNKNOWN_KEY);
    }

    @Test
    void aNewKeySealsAndOldOnesStillOpenAlsoInOtherProcesses() {
        Sealer one = sealer("keys");
        Sealer other = sealer("keys");
        byte[] before = one.sealText("old", CONTEXT);
        one.rotate();
        byte[] after = one.sealText("new", CONTEXT);

        assertThat(one.outdated(before)).isTrue();
        assertThat(one.outdated(after)).isFalse();
        assertThat(one.openText(before, CONTEXT)).isEqualTo("old");
        assertThat(other.openText(after, CONTEXT)).isEqualTo("new");
        assertThat(sealer("keys").openText(before, CONTEXT)).isEqualTo("old");
    }

    @Test
    void theKeyFileIsForItsOwnerAlone() throws Exception {
        Sealer first = sealer("keys");
        first.rotate();
        Path file = home.resolve("keys");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> sealer("keys"))
                .isInstanceOf(KeyFileException.class)
                .hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void aDamagedKeyFileIsSaidToBeAndNotReplaced() throws Exception {
        sealer("keys");
        Path file = home.resolve("keys");
        for (String text : List.of("", "# only words\n", "0badc0de AAAA\n", "zz " + "A".repeat(44) + "\n")) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> sealer("keys")).isInstanceOf(KeyFileException.class);
            assertThat(file).hasContent(text);
        }
    }

    @Test
    void processesThatStartTogetherUseOneKey() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<Sealer> start = () -> sealer("shared/keys");
            List<Future<Sealer>> sealers = threads.invokeAll(Collections.nCopies(16, start));
            byte[] sealed = sealers.getFirst().get().sealText("value", CONTEXT);
            for (Future<Sealer> sealer : sealers) {
                assertThat(sealer.get().openText(sealed, CONTEXT)).isEqualTo("value");
            }
        }
        Set<String> left = new HashSet<>();
        try (Stream<Path> files = Files.list(home.resolve("shared"))) {
            files.forEach(file -> left.add(file.getFileName().toString()));
        }
        assertThat(left).containsExactly("keys");
    }

    private Sealer sealer(String file) {
        Path path = home.resolve(file);
        return new Sealer(() -> path);
    }

    private static void assertReason(Sealer sealer, byte[] sealed, String context, Reason reason) {
        assertThatThrownBy(() -> sealer.open(sealed, context))
                .isInstanceOfSatisfying(
                        SealBrokenException.class,
                        broken -> assertThat(broken.reason()).isEqualTo(reason));
    }
}
