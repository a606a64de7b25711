package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.platform.pipeline.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Slipway is killed at each step between a push and its live URL, and started again: what was begun ends, nothing
 * runs twice, and the app has never stopped serving.
 */
@ExtendWith(SlipwayProcess.class)
class CrashIT {
    private static final int KILLED = 137;

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"GOING_BACK", "FORMER_LIVE"})
    void aCrashAtAnyStepLosesNothing(Step step, Installation slipway) throws IOException {
        App app = App.create(slipway, "app-" + step.ordinal());
        Source source = Source.page(slipway, "before");
        app.push(source).orFail();
        app.awaitRest();
        List<String> serving = app.containers();
        assertThat(serving).hasSize(1);
        String host = app.host();

        Files.writeString(slipway.home().resolve("rehearsal"), step.name());
        Command.Result push = app.push(source.write("index.html", "after\n").commit("Change"));
        assertThat(slipway.awaitEnd()).as("the exit code of a halt at " + step).isEqualTo(KILLED);
        if (step.compareTo(Step.ROUTES_SWITCHED) < 0) {
            assertThat(push.exitCode()).isNotZero();
        }
        assertThat(app.containers())
                .as("what served before the crash or what follows it still runs")
                .isNotEmpty();
        slipway.start();

        assertThat(slipway.getApp(host, "/").statusCode()).isEqualTo(200);
        app.awaitRest();
        assertThat(slipway.getApp(host, "/").statusCode()).isEqualTo(200);
        JsonNode build = app.newest("builds");
        assertThat(build.required("state").asText()).as(build.toString()).isEqualTo("succeeded");
        assertThat(app.newest("deployments").required("state").asText()).isEqualTo("done");
        assertThat(app.body()).isEqualTo("after\n");
        Await.until(
                "one container is left of " + serving + " and what followed",
                App.BOUND,
                () -> app.containers().size() == 1);
        assertThat(app.containers()).isNotEqualTo(serving);
        assertThat(app.instances().stream()
                        .filter(instance -> instance.required("state").asText().equals("healthy")))
                .hasSize(1);

        app.push(source.write("index.html", "and on\n").commit("Go on")).orFail();
        assertThat(app.body()).isEqualTo("and on\n");
    }
}
