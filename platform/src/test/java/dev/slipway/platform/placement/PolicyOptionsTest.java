package dev.slipway.platform.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyOptionsTest {
    private static Policy parse(Map<String, String> options) {
        return PolicyOptions.parse(options, name -> "acme/" + name);
    }

    @Test
    void readsEveryOption() {
        assertThat(parse(Map.of(
                        "spread", "site, rack",
                        "prefer", "dc-b,dc-a",
                        "standby", "dc-c",
                        "at-least-sites", "2",
                        "per-node", "3",
                        "require", "disk=ssd,nvme; rack!=r7",
                        "apart", "db",
                        "together", "core")))
                .isEqualTo(new Policy(
                        Set.of(Domain.SITE, Domain.RACK),
                        List.of("dc-b", "dc-a"),
                        Set.of("dc-c"),
                        2,
                        3,
                        List.of(
                                new Constraint("disk", false, new TreeSet<>(Set.of("nvme", "ssd"))),
                                new Constraint("rack", true, new TreeSet<>(Set.of("r7")))),
                        Set.of("acme/db"),
                        Optional.of("acme/core")));
    }

    @Test
    void nothingMeansPacking() {
        assertThat(parse(Map.of())).isEqualTo(Policy.PACK);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    color          | red       | There is no option color
                    spread         | moon      | site, rack or node
                    prefer         | DC        | lower-case letters
                    at-least-sites | many      | a number from 0
                    per-node       | -1        | a number from 0
                    require        | disk      | attribute=value
                    together       | a,b       | one group
                    """)
    void saysHowAWrongOptionHasToBe(String option, String value, String sentence) {
        assertThatThrownBy(() -> parse(Map.of(option, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void aSiteIsPreferredOrStandby() {
        assertThatThrownBy(() -> parse(Map.of("prefer", "dc-a", "standby", "dc-a")))
                .hasMessageContaining("preferred and standby");
    }

    @Test
    void anyTextIsReadOrRefusedWithASentence() {
        Random random = new Random(55);
        List<String> pieces = List.of("site", "dc-a", ",", ";", "=", "!=", "-", " ", "9", "99999999999", "ü", "");
        for (int round = 0; round < 20_000; round++) {
            Map<String, String> options = new HashMap<>();
            for (String option : PolicyOptions.KNOWN.keySet()) {
                StringBuilder value = new StringBuilder();
                for (int i = random.nextInt(4); i > 0; i--) {
                    value.append(pieces.get(random.nextInt(pieces.size())));
                }
                options.put(option, random.nextInt(3) == 0 ? value.toString() : "");
            }
            try {
                assertThat(parse(options).perNode()).isBetween(0, 10_000);
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }
}
