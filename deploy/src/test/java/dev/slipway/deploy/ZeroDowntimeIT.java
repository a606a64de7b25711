package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nobody who visits an app notices that it is deployed, nor that a deployment goes wrong. */
@ExtendWith(SlipwayProcess.class)
@Settings("slipway.instances.start-within=6s")
class ZeroDowntimeIT {
    private static final int PER_SECOND = 200;

    @Test
    void noRequestFailsDuringFivePushesOfWhichTwoGoWrong(Installation slipway) {
        App app = App.create(slipway, "visited");
        Source source = Source.page(slipway, "version 1");
        app.push(source).orFail();

        try (Visitors visitors = Visitors.of(app, PER_SECOND)) {
            app.push(change(source, "version 2")).orFail();

            source.write("Procfile", "no colon\n").commit("Break the build");
            assertThat(app.push(source).exitCode()).isNotZero();

            app.push(change(source.delete("Procfile"), "version 3")).orFail();

            source.write("Procfile", "web: sleep 1000\n").commit("Never become healthy");
            Command.Result never = app.push(source);
            assertThat(never.exitCode()).isNotZero();
            assertThat(never.output()).contains("v3 serves as before.");

            app.push(change(source.delete("Procfile"), "version 4")).orFail();
            Await.until(
                    "visitors see the last version",
                    Duration.ofSeconds(10),
                    () -> visitors.bodies().containsKey("version 4\n"));
            app.awaitRest();
            visitors.end();

            assertThat(visitors.failed()).as(visitors.failures()).isZero();
            assertThat(visitors.bodies()).containsOnlyKeys("version 1\n", "version 2\n", "version 3\n", "version 4\n");
            assertThat(visitors.answered()).isGreaterThan(5L * PER_SECOND);
        }
        Await.until(
                "only the last release runs", App.BOUND, () -> app.containers().size() == 1);
    }

    private static Source change(Source source, String text) {
        return source.write("index.html", text + "\n").commit(text);
    }
}
