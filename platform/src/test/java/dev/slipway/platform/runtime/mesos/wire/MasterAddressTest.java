package dev.slipway.platform.runtime.mesos.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterAddressTest {
    private static final String PATH = "/api/v1/scheduler";

    @Test
    void readsAList() {
        assertThat(MasterAddress.list("m1.example:5060, 10.0.0.2 ,[::1]:7"))
                .containsExactly(
                        new MasterAddress("m1.example", 5060),
                        new MasterAddress("10.0.0.2", 5050),
                        new MasterAddress("::1", 7));
        assertThat(new MasterAddress("::1", 7).authority()).isEqualTo("[::1]:7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,,b", "http://a:5050", "a:5050/x", "a:99999", "a:0", "a b:1", "u@a:1", "a:1?q"})
    void refusesWhatIsNoList(String text) {
        assertThatThrownBy(() -> MasterAddress.list(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void surprise56_aRedirectHasNoSchemeAndGainsAPrefix() throws Exception {
        assertThat(MasterAddress.redirected("//127.0.0.1:5070/master/api/v1/scheduler", PATH))
                .isEqualTo(new MasterAddress("127.0.0.1", 5070, "/master"));
        assertThat(MasterAddress.redirected("//127.0.0.1:5070", PATH)).isEqualTo(new MasterAddress("127.0.0.1", 5070));
        assertThat(MasterAddress.redirected("http://m2:5050/api/v1/scheduler", PATH))
                .isEqualTo(new MasterAddress("m2", 5050));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/master", "//", "//host", "//host:x", "//ho st:1", "//h:70000"})
    void aRedirectToNowhereIsMalformed(String location) {
        assertThatThrownBy(() -> MasterAddress.redirected(location, PATH)).isInstanceOf(MalformedStreamException.class);
    }
}
