package dev.slipway.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final long WINDOW = 1_000;
    private static final int LEAST = 100;

    private final Patience patience = new Patience(WINDOW, LEAST);

    @Test
    void endsWhenNothingComes() {
        patience.waited(400);
        assertThat(patience.left()).isEqualTo(600);
        patience.waited(600);
        assertThat(patience.left()).isZero();
    }

    @Test
    void endsForOneWhoTrickles() {
        for (int i = 0; i < 10; i++) {
            assertThat(patience.left()).isPositive();
            patience.waited(WINDOW / 10);
            patience.came(1);
        }
        assertThat(patience.left()).isNotPositive();
    }

    @Test
    void neverEndsForOneWhoSendsEnough() {
        for (int i = 0; i < 1000; i++) {
            assertThat(patience.left()).isPositive();
            patience.waited(WINDOW / 10);
            patience.came(LEAST / 10);
        }
    }

    @Test
    void doesNotCountBytesOfAnEarlierTime() {
        patience.came(LEAST * 100);
        patience.waited(WINDOW);
        assertThat(patience.left()).as("begins anew").isEqualTo(WINDOW);
        patience.waited(WINDOW);
        assertThat(patience.left()).isNotPositive();
    }
}
