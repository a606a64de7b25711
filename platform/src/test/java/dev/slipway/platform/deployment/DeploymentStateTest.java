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
            new DeploymentState.Returning(),
            new DeploymentState.Withdrawing(),
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
    void everyStateThatHasNotEndedLeadsToCancelled() {
        for (DeploymentState state : ALL) {
            switch (state) {
                case DeploymentState.Undoable undoable -> {
                    assertThat(undoable.undo("r")).isEqualTo(new DeploymentState.RolledBack("r"));
                    assertThat(undoable.cancel("c")).isEqualTo(new DeploymentState.Cancelled("c"));
                }
                case DeploymentState.Draining draining ->
                    assertThat(draining.goBack()).isEqualTo(new DeploymentState.Returning());
                case DeploymentState.Returning returning -> {
                    assertThat(returning.returned()).isEqualTo(new DeploymentState.Withdrawing());
                    assertThat(returning.stay()).isEqualTo(new DeploymentState.Draining());
                }
                case DeploymentState.Withdrawing withdrawing ->
                    assertThat(withdrawing.withdrawn("c")).isEqualTo(new DeploymentState.Cancelled("c"));
                case DeploymentState.Done ended -> assertThat(ended.ended()).isTrue();
                case DeploymentState.RolledBack ended ->
                    assertThat(ended.ended()).isTrue();
                case DeploymentState.Cancelled ended ->
                    assertThat(ended.ended()).isTrue();
            }
            assertThat(state.ended()).isEqualTo(!(state instanceof DeploymentState.Open));
        }
        assertThat(ALL).hasSize(11);
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
