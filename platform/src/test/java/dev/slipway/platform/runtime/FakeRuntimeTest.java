package dev.slipway.platform.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.registry.oci.ImageReference;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The fake keeps the contract too, so that tests on it mean something. */
class FakeRuntimeTest extends RuntimeContract {

    private static final ImageReference IMAGE =
            ImageReference.parse("127.0.0.1:5000/test/system@sha256:" + "00ff".repeat(16));

    private final FakeRuntime runtime = new FakeRuntime(Set.of(IMAGE.toString()));

    @AfterEach
    void close() {
        runtime.away(false);
        runtime.close();
    }

    @Override
    protected Runtime runtime() {
        return runtime;
    }

    @Override
    protected ImageReference image() {
        return IMAGE;
    }

    @Override
    protected PullCredentials credentials() {
        return new PullCredentials("robot", "secret");
    }

    @Override
    protected void listens(InstanceId id, int port) {
        runtime.listensOn(id, List.of(port));
    }

    @Test
    void behavesAsAwayWhenSwitchedOff() {
        runtime.away(true);
        LaunchSpec spec = spec(newId(), "sleep 100");
        assertThat(runtime.launch(spec)).isInstanceOf(LaunchOutcome.Unavailable.class);
        assertThatThrownBy(runtime::observe).isInstanceOf(RuntimeUnavailableException.class);
        assertThat(runtime.health().available()).isFalse();
        runtime.away(false);
        assertThat(runtime.launch(spec)).isInstanceOf(LaunchOutcome.Launched.class);
    }
}
