package dev.slipway.platform.verbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class VerbCatalogueTest {
    private static final VerbCatalogue ALL = AllVerbs.catalogue();

    static Stream<String> names() {
        return ALL.names().stream();
    }

    @Test
    void everyVerbOfTheProductIsThere() {
        Collection<String> names = ALL.names();
        assertThat(names)
                .contains(
                        "apps apps:create apps:destroy apps:info config config:set config:unset ps ps:scale ps:restart ps:stop"
                                .split(" "))
                .contains("ps:start logs releases releases:info rollback builds builds:cancel builds:output deployments"
                        .split(" "))
                .contains(
                        "deployments:cancel run domains domains:add domains:remove resources:limit keys keys:add keys:remove"
                                .split(" "))
                .contains("tokens tokens:create tokens:revoke members members:add members:remove tenants tenants:create"
                        .split(" "))
                .contains(
                        "registry registry:usage registry:delete registry:export registry:import registry:gc registry:verify"
                                .split(" "))
                .contains("sites sites:info sites:drain sites:undrain sites:attributes nodes".split(" "))
                .contains("sites:join sites:change sites:leave sites:recover sites:retire".split(" "))
                .contains("source source:set source:remove".split(" "))
                .contains("people people:create people:change people:password".split(" "))
                .contains("roles roles:define roles:remove grants grants:give grants:take".split(" "))
                .contains("drill drill:abort drill:schedule drill:schedules drill:unschedule drills".split(" "))
                .contains("placement placement:set placement:explain placement:simulate".split(" "))
                .contains("quotas audit whoami help".split(" "));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyVerbIsExplainedWithAnExampleThatParses(String name) {
        CommandLine parser = VerbCatalogue.parser(ALL.make(name).orElseThrow());
        String example = parser.getCommandSpec().usageMessage().footer()[0];
        String typed = example.replaceFirst(".*slipway@HOST ", "").replaceFirst(" <.*", "");
        List<String> words = List.of(typed.split(" "));

        assertThat(words.getFirst()).isEqualTo(name);
        assertThatCode(() -> parser.parseArgs(words.subList(1, words.size()).toArray(String[]::new)))
                .doesNotThrowAnyException();
        assertThat(VerbCatalogue.explain(ALL.make(name).orElseThrow()))
                .startsWith("Usage: " + name)
                .contains("Example:", example, "--json");
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyVerbHasASentenceThatEndsAsOne(String name) {
        String[] description = VerbCatalogue.parser(ALL.make(name).orElseThrow())
                .getCommandSpec()
                .usageMessage()
                .description();
        assertThat(String.join(" ", description)).matches("[A-Z].*\\.");
    }

    @ParameterizedTest
    @CsvSource({"app,apps", "logz,logs", "confg:set,config:set", "rolback,rollback", "ps:sacle,ps:scale"})
    void aTypingErrorIsMetWithTheNearestVerb(String typed, String meant) {
        assertThat(ALL.near(typed)).first().isEqualTo(meant);
    }

    @Test
    void whatIsNearToNothingGetsNoSuggestion() {
        assertThat(ALL.near("xyzzyplugh")).isEmpty();
        assertThat(ALL.near("")).isEmpty();
    }

    @Test
    void distanceCountsChangedLetters() {
        assertThat(VerbCatalogue.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(VerbCatalogue.distance("", "abc")).isEqualTo(3);
        assertThat(VerbCatalogue.distance("same", "same")).isZero();
    }

    @Test
    void theOverviewNamesEveryVerb() {
        assertThat(ALL.overview()).contains(ALL.names());
    }
}
