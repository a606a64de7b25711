package dev.slipway.platform.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeploymentStateTest {
    private static final List<DeploymentState> ALL = List.of(
            new DeploymentState.Pending(),
            new DeploymentState.Releasing(),
            new DeploymentState.Placing(),
            new DeploymentState.Checking(),
            new DeploymentState.Switching(),
            new DeploymentState.Draining(),
            new DeploymentState.Done(),
            new DeploymentState.RolledBack("why"),
            new DeploymentState.Cancelled("who"));

    @Test
    void theWayForwardIsOneChain() {
        DeploymentState.Draining end = new DeploymentState.Pending()
                .begin()
                .released()
                .placed()
                .healthy()
                .switched();
        assertThat(end.drained()).isEqualTo(new DeploymentState.Done());
    }

    @Test
    void everyStateThatHasNotEndedCanBeUndoneAndCancelled() {
        for (DeploymentState state : ALL) {
            if (state instanceof DeploymentState.Undoable undoable) {
                assertThat(state.ended()).isFalse();
                assertThat(undoable.undo("r")).isEqualTo(new DeploymentState.RolledBack("r"));
                assertThat(undoable.cancel("c")).isEqualTo(new DeploymentState.Cancelled("c"));
            } else {
                assertThat(state.ended()).isTrue();
            }
        }
        assertThat(ALL.stream().filter(DeploymentState::ended)).hasSize(3);
    }

    @Test
    void eachStateIsReadBackFromItsName() {
        for (DeploymentState state : ALL) {
            String reason = switch (state) {
                case DeploymentState.RolledBack rolledBack -> rolledBack.reason();
                case DeploymentState.Cancelled cancelled -> cancelled.reason();
                default -> "";
            };
            assertThat(DeploymentState.of(state.code(), reason)).isEqualTo(state);
        }
        assertThatThrownBy(() -> DeploymentState.of("ASLEEP", "")).hasMessageContaining("ASLEEP");
    }
}
