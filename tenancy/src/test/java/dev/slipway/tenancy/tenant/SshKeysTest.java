package dev.slipway.tenancy.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tenancy.access.DeniedException;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Scopes;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.NameTakenException;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.trial.TrialDatabase;
import dev.slipway.tenancy.trial.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TrialDatabase.class)
class SshKeysTest {
    @Inject
    World world;

    @Inject
    SshKeys keys;

    @Inject
    Tokens tokens;

    @Inject
    Accounts accounts;

    @Test
    void aKeyFindsItsPersonUntilEitherIsTakenAway() throws IOException {
        Principal.Person person = world.person();
        String line = lines("taken").getFirst()[2];
        SshKey key = keys.add(person, person.id(), line);

        assertThat(keys.list(person.id())).containsExactly(key);
        assertThat(key.comment()).isEqualTo("ada@laptop");
        assertThat(keys.personByFingerprint(key.fingerprint())).contains(person);
        assertThatThrownBy(() -> keys.add(world.operator(), world.person().id(), line))
                .isInstanceOf(NameTakenException.class)
                .hasMessage("The key " + key.fingerprint() + " belongs to an account already.");

        accounts.setDisabled(World.PLATFORM, person.id(), true);
        assertThat(keys.personByFingerprint(key.fingerprint())).isEmpty();
        accounts.setDisabled(World.PLATFORM, person.id(), false);

        assertThatThrownBy(() -> keys.remove(world.person(), key.id()))
                .isInstanceOf(UnknownNameException.class)
                .hasMessage("You have no ssh key " + key.id() + ".");
        keys.remove(person, key.id());
        assertThat(keys.personByFingerprint(key.fingerprint())).isEmpty();
        assertThatThrownBy(() -> keys.remove(person, key.id())).isInstanceOf(UnknownNameException.class);
    }

    @Test
    void nobodyAddsAKeyToAnotherNorByANarrowToken() throws IOException {
        Principal.Person person = world.person();
        String line = lines("taken").get(1)[2];
        Principal deploy = tokens.verify(
                        tokens.issue(person, TokenRequest.personal(person.id(), "ci", Scopes.of("deploy")))
                                .plainText())
                .orElseThrow();

        assertThatThrownBy(() -> keys.add(world.person(), person.id(), line)).isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> keys.add(deploy, person.id(), line)).isInstanceOf(DeniedException.class);
        assertThat(keys.list(person.id())).isEmpty();
    }

    @Test
    void fingerprintsAreThoseOfSshKeygen() throws IOException {
        for (String[] line : lines("taken")) {
            assertThat(AuthorizedKey.parse(line[2]).fingerprint()).isEqualTo(line[1]);
        }
    }

    @Test
    void otherKindsAndSmallKeysAreRefusedWithAWayOut() throws IOException {
        for (String[] line : lines("refused")) {
            assertThatThrownBy(() -> AuthorizedKey.parse(line[2]))
                    .isInstanceOf(InvalidNameException.class)
                    .hasMessageContaining("ssh-keygen -t ed25519");
        }
    }

    @Test
    void badLinesAreExplained() throws IOException {
        String good = lines("taken").getFirst()[2];
        String[] words = good.split(" ");
        assertRefused("-----BEGIN OPENSSH PRIVATE KEY-----", "This is a private key");
        assertRefused("", "Give one line");
        assertRefused("ssh-ed25519", "Give one line");
        assertRefused(good + "\n" + good, "Give one line");
        assertRefused("no-pty " + good, "without options");
        assertRefused("ssh-rsa " + words[1], "the key in it is another");
        assertRefused(words[0] + " " + words[1].substring(0, words[1].length() - 8), "damaged");
        assertRefused(words[0] + " !!!!", "not base64");
    }

    @Test
    void aDamagedKeyIsNeverAnythingButRefused() throws IOException {
        Random random = new Random(7);
        for (String[] line : lines("taken")) {
            String[] words = line[2].split(" ");
            byte[] blob = Base64.getDecoder().decode(words[1]);
            for (int round = 0; round < 2_000; round++) {
                byte[] damaged = Arrays.copyOf(blob, random.nextInt(blob.length + 8));
                if (damaged.length > 0) {
                    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                }
                String text = words[0] + " " + Base64.getEncoder().encodeToString(damaged);
                assertThatCode(() -> parse(text)).doesNotThrowAnyException();
                if (damaged.length != blob.length) {
                    assertThat(parse(text)).isEmpty();
                }
            }
        }
    }

    private static Optional<AuthorizedKey> parse(String text) {
        try {
            return Optional.of(AuthorizedKey.parse(text));
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    private static void assertRefused(String line, String words) {
        assertThatThrownBy(() -> AuthorizedKey.parse(line))
                .isInstanceOf(InvalidNameException.class)
                .hasMessageContaining(words);
    }

    /** Verdict, fingerprint and line of each key in the file that has this verdict. */
    private static List<String[]> lines(String verdict) throws IOException {
        try (InputStream file = Optional.ofNullable(SshKeysTest.class.getResourceAsStream("/tenant/ssh-keys.txt"))
                .orElseThrow()) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(verdict + " "))
                    .map(line -> line.split(" ", 3))
                    .toList();
        }
    }
}
