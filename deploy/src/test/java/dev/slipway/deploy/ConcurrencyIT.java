package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many at once, and things that are called off half-way. */
@ExtendWith(SlipwayProcess.class)
@Settings("slipway.pipeline.builds-at-once=2")
class ConcurrencyIT {
    private static final int APPS = 20;
    private static final Duration SOON = Duration.ofSeconds(15);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @Test
    void twoPushesAtOnceToOneAppEndAtTheNewerOne(Installation slipway) throws Exception {
        App app = App.create(slipway, "twice");
        Source source = Source.page(slipway, "first");
        app.push(source).orFail();
        Source one = source.copy(slipway).write("index.html", "one\n").commit("One");
        Source two = source.copy(slipway).write("index.html", "two\n").commit("Two");
        Map<String, String> pages = Map.of(one.head(), "one\n", two.head(), "two\n");

        Future<Command.Result> first = app.pushing(one, threads);
        Future<Command.Result> second = app.pushing(two, threads);
        List<Command.Result> results = List.of(first.get(), second.get());
        app.awaitRest();

        assertThat(results).as(results.toString()).anyMatch(result -> result.exitCode() == 0);
        JsonNode newest = app.list("builds").stream()
                .filter(build -> build.required("state").asText().equals("succeeded"))
                .findFirst()
                .orElseThrow();
        String live = app.list("releases").stream()
                .filter(release -> release.required("live").asBoolean())
                .findFirst()
                .orElseThrow()
                .required("commit")
                .asText();
        assertThat(live).isEqualTo(newest.required("commit").asText());
        assertThat(app.body()).isEqualTo(pages.get(live));
        assertThat(app.branch(source, "main")).isEqualTo(live);
        Await.until("one instance is left", SOON, () -> app.containers().size() == 1);
    }

    @Test
    void manyPushesAtOnceToManyAppsAllGoLive(Installation slipway) throws Exception {
        Map<App, Future<Command.Result>> pushes = new HashMap<>();
        for (int number = 1; number <= APPS; number++) {
            App app = App.create(slipway, "many-" + number);
            pushes.put(app, app.pushing(Source.page(slipway, "page " + number), threads));
        }
        for (Map.Entry<App, Future<Command.Result>> push : pushes.entrySet()) {
            push.getValue().get().orFail();
            assertThat(push.getKey().body()).isEqualTo(push.getKey().name().replace("many-", "page ") + "\n");
        }
    }

    @Test
    void buildsThatRunAndOneThatWaitsCanBeCancelled(Installation slipway) throws Exception {
        List<App> running = new ArrayList<>();
        List<Future<Command.Result>> pushes = new ArrayList<>();
        for (String name : List.of("long-1", "long-2")) {
            App app = App.create(slipway, name);
            running.add(app);
            pushes.add(app.pushing(lengthyBuild(slipway), threads));
            awaitBuild(app, "running");
        }
        App waiting = App.create(slipway, "waits");
        pushes.add(waiting.pushing(Source.page(slipway, "never seen"), threads));
        awaitBuild(waiting, "queued");

        waiting.cancel("builds", 1);
        assertCancelled(pushes.get(2), waiting);
        for (int index = 0; index < running.size(); index++) {
            running.get(index).cancel("builds", 1);
            assertCancelled(pushes.get(index), running.get(index));
        }
    }

    @Test
    void aDeploymentThatWaitsForHealthCanBeCancelled(Installation slipway) throws Exception {
        App app = App.create(slipway, "checking");
        Source source = Source.page(slipway, "before");
        app.push(source).orFail();
        app.awaitRest();
        List<String> serving = app.containers();

        Future<Command.Result> push =
                app.pushing(source.write("Procfile", "web: sleep 1000\n").commit("Deaf"), threads);
        Await.until(
                "a deployment that checks",
                App.BOUND,
                () -> app.newest("deployments").required("state").asText().equals("checking"));
        int number = app.newest("deployments").required("number").asInt();
        app.cancel("deployments", number);

        assertThat(app.awaitDeployment(number).required("state").asText()).isEqualTo("cancelled");
        assertThat(push.get().exitCode()).isNotZero();
        assertThat(push.get().output()).contains("cancelled").contains("v1 serves as before.");
        assertThat(app.containers()).isEqualTo(serving);
        assertThat(app.body()).isEqualTo("before\n");
    }

    private Source lengthyBuild(Installation slipway) {
        return Source.of(
                slipway, Map.of("Dockerfile", "FROM slipway-build:1\nRUN echo begun && sleep 1000\nCMD [\"true\"]\n"));
    }

    private static void awaitBuild(App app, String state) {
        Await.until(
                "a build that is " + state,
                SOON,
                () -> !app.list("builds").isEmpty()
                        && app.newest("builds").required("state").asText().equals(state));
    }

    private static void assertCancelled(Future<Command.Result> push, App app)
            throws ExecutionException, InterruptedException {
        Command.Result result = push.get();
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output()).containsIgnoringCase("cancelled");
        awaitBuild(app, "cancelled");
    }
}
