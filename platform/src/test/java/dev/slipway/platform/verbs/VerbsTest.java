package dev.slipway.platform.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.tenancy.identity.NotPossibleException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

class VerbsTest {
    private final Verbs verbs = new Verbs(AllVerbs.catalogue(), TypedCall.JSON);

    @Test
    void aBareLoginListsTheVerbs() throws Exception {
        TypedCall typed = TypedCall.of();
        assertThat(verbs.run(typed.call)).isZero();
        assertThat(typed.out()).contains("apps:create", "help VERB");
    }

    @Test
    void anUnknownVerbIsAUsageErrorWithASuggestion() throws Exception {
        TypedCall typed = TypedCall.of("logz", "-f");
        assertThat(verbs.run(typed.call)).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err())
                .isEqualTo(" !     There is no verb \"logz\". Did you mean logs?\n !     help lists all verbs.\n");
    }

    @Test
    void anUnknownVerbCannotWriteToTheTerminal() throws Exception {
        TypedCall typed = TypedCall.of("\u001b[2Jboo" + "x".repeat(500));
        assertThat(verbs.run(typed.call)).isEqualTo(2);
        assertThat(typed.err()).doesNotContain("\u001b").hasSizeLessThan(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logs",
                "ps:scale -a acme/shop",
                "logs -a acme/shop -n many",
                "apps:create",
                "apps:create one two",
                "builds:output -a acme/shop seven",
                "members:add -t acme ada",
                "apps --nonsense",
                "keys:remove"
            })
    void whatCannotBeMeantIsAUsageError(String line) throws Exception {
        TypedCall typed = TypedCall.of(line.split(" "));
        assertThat(verbs.run(typed.call)).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).startsWith(" !     ").contains("help " + line.split(" ")[0] + " explains it.");
    }

    @Test
    void aFileIsNotReadForAnAtSign() throws Exception {
        TypedCall typed = TypedCall.of("apps:create", "@/etc/hostname", "two");
        assertThat(verbs.run(typed.call)).isEqualTo(2);
        assertThat(typed.err()).contains("two");
    }

    @Test
    void helpExplainsAVerbInBothWays() throws Exception {
        TypedCall one = TypedCall.of("help", "ps:scale");
        TypedCall other = TypedCall.of("ps:scale", "--help");
        assertThat(verbs.run(one.call)).isZero();
        assertThat(verbs.run(other.call)).isZero();
        assertThat(one.out()).isEqualTo(other.out()).contains("ps:scale -a acme/shop web=3 worker=1");
    }

    @Test
    void helpOfNothingSuggests() throws Exception {
        TypedCall typed = TypedCall.of("help", "ps:scael");
        assertThat(verbs.run(typed.call)).isEqualTo(2);
        assertThat(typed.err()).contains("Did you mean ps:scale");
    }

    @Test
    void halfOfAVerbsNameSuggestsIt() throws Exception {
        TypedCall typed = TypedCall.of("scale", "web=2");
        assertThat(verbs.run(typed.call)).isEqualTo(2);
        assertThat(typed.err()).contains("Did you mean ps:scale?");
    }

    @Test
    void whatIsFarFromEveryVerbSuggestsNothing() throws Exception {
        TypedCall typed = TypedCall.of("bogus");
        assertThat(verbs.run(typed.call)).isEqualTo(2);
        assertThat(typed.err()).doesNotContain("Did you mean");
    }

    @Test
    void onATerminalLinesEndForATerminal() throws Exception {
        TypedCall typed = TypedCall.atTerminal("help", "ps");
        assertThat(verbs.run(typed.call)).isZero();
        assertThat(typed.out().replace("\r\n", "")).doesNotContain("\n");
    }

    @Test
    void errorsForProgramsAreObjects() throws Exception {
        TypedCall typed = TypedCall.of("nonsuch", "--json");
        assertThat(verbs.run(typed.call)).isEqualTo(2);
        JsonNode error = TypedCall.JSON.readTree(typed.err()).get("error");
        assertThat(error.get("code").asText()).isEqualTo("usage");
        assertThat(error.get("message").asText()).contains("nonsuch");
    }

    @Test
    void aRefusalIsOneSentenceAndExitCodeOne() throws Exception {
        TypedCall typed = TypedCall.of("probe", "refuse");
        assertThat(probing().run(typed.call)).isEqualTo(1);
        assertThat(typed.err()).isEqualTo(" !     It cannot be.\n");
    }

    @Test
    void whatNobodyForesawHasANumberAndNoDetails() throws Exception {
        TypedCall typed = TypedCall.of("probe", "break");
        assertThat(probing().run(typed.call)).isEqualTo(1);
        assertThat(typed.err()).contains("incident").doesNotContain("secret", "Exception");
    }

    @Test
    void aClientThatIsGoneEndsTheVerb() throws Exception {
        TypedCall typed = TypedCall.of("help");
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("gone");
            }
        };
        var call = new dev.slipway.platform.ssh.VerbCall(
                typed.call.principal(), List.of("help"), Map.of(), typed.call.stdin(), gone, gone, Optional.empty());
        assertThat(verbs.run(call)).isEqualTo(1);
    }

    private static Verbs probing() {
        List<Supplier<Verb>> one = List.of(Probe::new);
        return new Verbs(new VerbCatalogue(List.of(() -> one)), TypedCall.JSON);
    }

    @Command(name = "probe")
    private static final class Probe extends Verb {
        @Parameters
        String how;

        @Override
        int run(Call call) {
            throw how.equals("refuse")
                    ? new NotPossibleException("thing", "x", "It cannot be.")
                    : new IllegalStateException("secret");
        }
    }
}
