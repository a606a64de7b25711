package dev.slipway.platform.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SiteStateTest {
    private static final Map<String, SiteState> STATES = new LinkedHashMap<>();

    static {
        STATES.put("joining", new SiteState.Joining());
        STATES.put("active", new SiteState.Active());
        STATES.put("draining", new SiteState.Draining());
        STATES.put("suspect", new SiteState.Suspect(false));
        STATES.put("suspect+d", new SiteState.Suspect(true));
        STATES.put("lost", new SiteState.Lost(false));
        STATES.put("lost+d", new SiteState.Lost(true));
        STATES.put("recovering", new SiteState.Recovering(false));
        STATES.put("recovering+d", new SiteState.Recovering(true));
    }

    /** Rows are states; columns are answers, silent, given up, settled, drain, undrain; a dash changes nothing. */
    private static final String MATRIX = """
            joining      active       -           -       -        draining      -
            active       -            suspect     -       -        draining      -
            draining     -            suspect+d   -       -        -             active
            suspect      active       -           lost    -        suspect+d     -
            suspect+d    draining     -           lost+d  -        -             suspect
            lost         recovering   -           -       -        lost+d        -
            lost+d       recovering+d -           -       -        -             lost
            recovering   -            lost        -       active   recovering+d  -
            recovering+d -            lost+d      -       draining -             recovering
            """;

    @TestFactory
    Stream<DynamicTest> everyStateTakesEveryEvent() {
        List<SiteEvent> events = List.of(
                SiteEvent.ANSWERS,
                SiteEvent.SILENT,
                SiteEvent.GIVEN_UP,
                SiteEvent.SETTLED,
                SiteEvent.DRAIN,
                SiteEvent.UNDRAIN);
        assertThat(events).containsExactlyInAnyOrder(SiteEvent.values());
        return MATRIX.lines().flatMap(line -> {
            List<String> cells = Arrays.asList(line.trim().split(" +"));
            return events.stream().map(event -> {
                String wanted = cells.get(1 + events.indexOf(event));
                return DynamicTest.dynamicTest(cells.getFirst() + " " + event, () -> {
                    Optional<SiteState> next = STATES.get(cells.getFirst()).on(event);
                    assertThat(next).isEqualTo(Optional.ofNullable(STATES.get(wanted)));
                });
            });
        });
    }

    @Test
    void theMatrixHasEveryState() {
        assertThat(MATRIX.lines().map(line -> line.split(" ")[0])).containsExactlyElementsOf(STATES.keySet());
        assertThat(STATES.values().stream().map(Object::getClass).distinct())
                .hasSameElementsAs(Arrays.asList(SiteState.class.getPermittedSubclasses()));
    }

    @Test
    void aStateIsStoredAndReadBack() {
        STATES.values()
                .forEach(state ->
                        assertThat(SiteState.of(state.code(), state.drains())).isEqualTo(state));
        assertThatThrownBy(() -> SiteState.of("GONE", false)).hasMessageContaining("GONE");
    }

    @Test
    void onlyAnActiveSiteTakesInstances() {
        assertThat(STATES.entrySet().stream()
                        .filter(entry -> entry.getValue().takesInstances())
                        .map(Map.Entry::getKey))
                .containsExactly("active");
    }

    @Test
    void aNameIsCheckedWhenItIsMade() {
        assertThat(new SiteName("dc-a").value()).isEqualTo("dc-a");
        for (String wrong : List.of("", "-a", "a-", "A", "1a", "a.b", "a".repeat(41))) {
            assertThatThrownBy(() -> new SiteName(wrong)).hasMessageContaining("for example dc-a");
        }
    }
}
