package dev.slipway.platform.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class InstanceStateTest {
    private static final List<InstanceState> ALL = List.of(
            new InstanceState.Intended(),
            new InstanceState.Launching(),
            new InstanceState.Starting(),
            new InstanceState.Healthy(),
            new InstanceState.Unhealthy("u"),
            new InstanceState.Unreachable("a"),
            new InstanceState.Stopping("s"),
            new InstanceState.Stopped("s"),
            new InstanceState.Failed("f"),
            new InstanceState.Lost("l"));

    /** Every event by name, and what it makes of a state that allows it. */
    private static final Map<String, Function<InstanceState, Optional<InstanceState>>> EVENTS = Map.of(
            "fail", state -> state instanceof InstanceState.Live live ? Optional.of(live.fail("x")) : Optional.empty(),
            "lose", state -> state instanceof InstanceState.Live live ? Optional.of(live.lose("x")) : Optional.empty(),
            "stop", state -> state instanceof InstanceState.Live live ? Optional.of(live.stop("x")) : Optional.empty());

    @Test
    void whatIsAliveCanFailBeLostAndBeStoppedAndNothingElseCan() {
        for (InstanceState state : ALL) {
            boolean alive = !state.ended() && !(state instanceof InstanceState.Stopping);
            EVENTS.forEach((name, event) -> assertThat(event.apply(state).isPresent())
                    .as(name + " in " + state)
                    .isEqualTo(alive));
        }
    }

    @Test
    void anInstanceComesUpStepByStep() {
        assertThat(new InstanceState.Intended().launch().started().healthy()).isEqualTo(new InstanceState.Healthy());
        assertThat(new InstanceState.Healthy().unhealthy("slow").healthy()).isEqualTo(new InstanceState.Healthy());
        assertThat(new InstanceState.Unreachable("cut").back()).isEqualTo(new InstanceState.Starting());
    }

    @Test
    void stoppingKeepsItsReasonToTheEnd() {
        assertThat(new InstanceState.Healthy().stop("scaled down").stopped().reason())
                .isEqualTo("scaled down");
    }

    @Test
    void eachStateIsReadBackFromItsNameAndReason() {
        for (InstanceState state : ALL) {
            assertThat(InstanceState.of(state.code(), state.reason())).isEqualTo(state);
        }
    }
}
