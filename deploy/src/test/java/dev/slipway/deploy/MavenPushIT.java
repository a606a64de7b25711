package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Java program is built by Maven in the sandbox and serves; the second build finds what the first one fetched. */
@ExtendWith(SlipwayProcess.class)
class MavenPushIT {
    @Test
    void aQuarkusProgramGoesLiveAndItsChangeIsOneSmallStep(Installation slipway) {
        App app = App.create(slipway, "quarkus");
        Source source = Source.sample(slipway, "quarkus");
        assertThat(app.push(source).orFail()).contains("Detected: Java").contains("=====> Live: ");
        String before = app.body();
        assertThat(before).startsWith("Hello");

        source.replace("src/main/java/dev/slipway/sample/Hello.java", "Hello from", "Hallo from")
                .commit("Greet otherwise");
        String second = app.push(source).orFail();
        assertThat(second).doesNotContain("Downloading from");
        assertThat(app.body()).startsWith("Hallo");
    }
}
