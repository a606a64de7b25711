package dev.slipway.platform.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BalanceTest {
    private static final Policy SPREAD = Policy.PACK.withSpread(Domain.SITE);

    @Test
    void aPreferredSiteIsBetterThanAnyOtherAndAStandbyIsWorse() {
        Policy policy = Policy.PACK.withPrefer("a", "b").withStandby("z");
        assertThat(Balance.isBetter(policy, "b", "a", Map.of())).isTrue();
        assertThat(Balance.isBetter(policy, "c", "b", Map.of())).isTrue();
        assertThat(Balance.isBetter(policy, "z", "c", Map.of())).isTrue();
        assertThat(Balance.isBetter(policy, "a", "b", Map.of())).isFalse();
        assertThat(Balance.isBetter(policy, "c", "z", Map.of())).isFalse();
    }

    @Test
    void withoutAWishNothingIsBetter() {
        assertThat(Balance.isBetter(Policy.PACK, "a", "b", Map.of("a", 9))).isFalse();
    }

    @Test
    void evennessCountsWhereItIsWantedAndOnlyIfItGrows() {
        // Two others at a and none at b: 3 and 0 become 2 and 1.
        assertThat(Balance.isBetter(SPREAD, "a", "b", Map.of("a", 2))).isTrue();
        // One other at a and none at b: 2 and 0 become 1 and 1.
        assertThat(Balance.isBetter(SPREAD, "a", "b", Map.of("a", 1))).isTrue();
        // 2 and 1 would become 1 and 2.
        assertThat(Balance.isBetter(SPREAD, "a", "b", Map.of("a", 1, "b", 1))).isFalse();
        assertThat(Balance.isBetter(SPREAD, "a", "b", Map.of())).isFalse();
    }

    @Test
    void aBetterMoveIsNeverBetterBackwards() {
        for (int a = 0; a < 4; a++) {
            for (int b = 0; b < 4; b++) {
                Map<String, Integer> before = Map.of("a", a, "b", b);
                if (Balance.isBetter(SPREAD, "a", "b", before)) {
                    assertThat(Balance.isBetter(SPREAD, "b", "a", before))
                            .as("%d others at a, %d at b", a, b)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void aPreferredSiteIsBetterThoughItGetsFuller() {
        assertThat(Balance.isBetter(SPREAD.withPrefer("a"), "b", "a", Map.of("a", 5)))
                .isTrue();
        assertThat(Balance.isBetter(SPREAD.withPrefer("a"), "a", "b", Map.of("a", 5)))
                .isFalse();
    }
}
