package dev.slipway.platform.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipway.platform.runtime.docker.SubnetPool.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SubnetPoolTest {

    @Test
    void givesEverySubnetOnceAndThenNone() {
        SubnetPool pool = SubnetPool.of("10.200.0.0/20", 26);
        Random random = new Random(3);
        List<Subnet> taken = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            Subnet next = pool.free(random.nextInt(), taken).orElseThrow();
            assertThat(taken).noneMatch(next::overlaps);
            assertThat(Subnet.parse("10.200.0.0/20").overlaps(next)).isTrue();
            taken.add(next);
        }
        assertThat(pool.free(0, taken)).isEmpty();
    }

    @Test
    void equalNumbersPreferEqualSubnets() {
        SubnetPool pool = SubnetPool.of("10.200.0.0/14", 24);
        assertThat(pool.size()).isEqualTo(1_024);
        assertThat(pool.free(-7, List.of())).isEqualTo(pool.free(-7, List.of()));
        assertThat(pool.free(1_023, List.of()).orElseThrow()).hasToString("10.203.255.0/24");
    }

    @Test
    void refusesWhatIsNoRange() {
        for (String wrong : List.of("10.0.0/8", "10.0.0.256/8", "10.0.0.0/33", "a.b.c.d/8", "")) {
            assertThatIllegalArgumentException().isThrownBy(() -> SubnetPool.of(wrong, 24));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> SubnetPool.of("10.0.0.0/16", 30));
        assertThatIllegalArgumentException().isThrownBy(() -> SubnetPool.of("10.0.0.0/16", 8));
    }
}
