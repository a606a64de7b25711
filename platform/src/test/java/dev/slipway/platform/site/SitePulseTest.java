package dev.slipway.platform.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.platform.site.SitePulse.Signals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SitePulseTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Signals GOOD = new Signals(true, Optional.empty(), true);
    private static final Signals DEAD = new Signals(false, Optional.of(false), true);
    private static final Signals MASTERS_DEAD = new Signals(false, Optional.of(true), true);
    private static final Signals NOBODY_TO_ASK = new Signals(false, Optional.empty(), true);
    private static final Signals CUT_OFF = new Signals(false, Optional.of(false), false);

    private final SitePulse pulse = new SitePulse(new SitePulse.Rules(3, 2, Duration.ofSeconds(60)));
    private SiteState state = new SiteState.Active();
    private Instant since = START;
    private Instant now = START;
    private final List<String> states = new ArrayList<>();

    private void look(int times, Signals signals) {
        for (int i = 0; i < times; i++) {
            now = now.plusSeconds(5);
            pulse.heard(state, since, signals, now).flatMap(state::on).ifPresent(next -> {
                state = next;
                since = now;
                states.add(next.code());
            });
        }
    }

    @Test
    void aLoneBadLookIsNothing() {
        for (int i = 0; i < 100; i++) {
            look(2, DEAD);
            look(1, GOOD);
        }
        assertThat(states).isEmpty();
    }

    @Test
    void silenceIsSuspectAndThenLost() {
        look(2, DEAD);
        assertThat(states).isEmpty();
        look(1, DEAD);
        assertThat(states).containsExactly("SUSPECT");
        look(11, DEAD);
        assertThat(states).containsExactly("SUSPECT");
        look(1, DEAD);
        assertThat(states).containsExactly("SUSPECT", "LOST");
        look(1, GOOD);
        assertThat(states).hasSize(2);
        look(1, GOOD);
        assertThat(states).containsExactly("SUSPECT", "LOST", "RECOVERING");
        look(3, DEAD);
        assertThat(states).endsWith("RECOVERING", "LOST");
    }

    @Test
    void aSiteWithoutAnythingThatListensIsJudgedByItsRuntime() {
        look(20, NOBODY_TO_ASK);
        assertThat(states).containsExactly("SUSPECT", "LOST");
    }

    @Test
    void whoseInstancesServeIsNotLostHoweverLongItsMastersAreDead() {
        look(10_000, MASTERS_DEAD);
        assertThat(states).containsExactly("SUSPECT");
        look(2, DEAD);
        assertThat(states).containsExactly("SUSPECT");
        look(1, DEAD);
        assertThat(states).containsExactly("SUSPECT", "LOST");
    }

    @Test
    void nothingIsLostWhileWeAreCutOffOurselves() {
        look(10_000, CUT_OFF);
        assertThat(states).containsExactly("SUSPECT");
        look(2, GOOD);
        assertThat(states).containsExactly("SUSPECT", "ACTIVE");
    }

    @Test
    void aSuspectThatAnswersIsWhatItWas() {
        state = new SiteState.Draining();
        look(3, DEAD);
        look(2, GOOD);
        assertThat(states).containsExactly("SUSPECT", "DRAINING");
    }

    @Test
    void aNewSiteJoinsWithItsFirstAnswer() {
        state = new SiteState.Joining();
        look(50, DEAD);
        assertThat(states).isEmpty();
        look(1, GOOD);
        assertThat(states).containsExactly("ACTIVE");
    }

    @Test
    void noSiteIsEverLostWhereThatIsSwitchedOff() {
        SitePulse patient = new SitePulse(new SitePulse.Rules(1, 1, Duration.ZERO));
        for (int i = 0; i < 1_000; i++) {
            assertThat(patient.heard(new SiteState.Suspect(false), START, DEAD, START.plusSeconds(i * 1_000L)))
                    .isEmpty();
        }
    }

    @Test
    void whateverComesItIsNeverLostWithoutHavingBeenSuspectForAMinute() {
        Signals[] all = {GOOD, DEAD, MASTERS_DEAD, NOBODY_TO_ASK, CUT_OFF};
        Random random = new Random(7);
        int bad = 0;
        for (int i = 0; i < 200_000; i++) {
            Signals signals = random.nextInt(12) == 0 ? all[random.nextInt(all.length)] : DEAD;
            bad = signals.control() ? 0 : bad + 1;
            SiteState before = state;
            Instant suspectSince = since;
            look(1, signals);
            if (state instanceof SiteState.Lost && before instanceof SiteState.Suspect) {
                assertThat(Duration.between(suspectSince, now)).isGreaterThanOrEqualTo(Duration.ofSeconds(60));
                assertThat(signals.elsewhere()).isTrue();
                assertThat(bad).isGreaterThanOrEqualTo(3);
            }
            if (state instanceof SiteState.Recovering) {
                state = state.on(SiteEvent.SETTLED).orElseThrow();
            }
        }
        assertThat(states).contains("LOST", "RECOVERING");
    }

    @Test
    void aSiteIsJudgedByOneLookAtLeast() {
        assertThatThrownBy(() -> new SitePulse.Rules(0, 1, Duration.ZERO)).hasMessageContaining("silentAfter=0");
    }
}
