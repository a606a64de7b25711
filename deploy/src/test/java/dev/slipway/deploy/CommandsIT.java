package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a developer does with an app that is live. */
@ExtendWith(SlipwayProcess.class)
class CommandsIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void configMakesAReleaseAndRollbackGoesBack(Installation slipway) {
        App app = greeter(slipway, "config");
        assertThat(app.body()).isEqualTo("Hello ()\n");

        int set = app.patch("/config", Map.of("GREETING", "hei"))
                .required("rolling")
                .required("deployment")
                .asInt();
        assertThat(app.awaitDeployment(set).required("state").asText()).isEqualTo("done");
        assertThat(app.body()).isEqualTo("Hello (hei)\n");
        assertThat(app.liveRelease()).isEqualTo("v2");

        int back = app.post("/rollback", Map.of("release", "v1"))
                .required("deployment")
                .asInt();
        assertThat(app.awaitDeployment(back).required("state").asText()).isEqualTo("done");
        assertThat(app.body()).isEqualTo("Hello ()\n");
        assertThat(app.liveRelease()).isEqualTo("v3");
        assertThat(app.newest("releases").required("description").asText()).isEqualTo("Rollback to v1");
    }

    @Test
    void scalesUpAndDown(Installation slipway) {
        App app = greeter(slipway, "scales");
        app.patch("/formation", Map.of("web", 3));
        Await.until("three healthy instances", SOON, () -> healthy(app, "web") == 3);
        assertThat(app.containers()).hasSize(3);
        app.patch("/formation", Map.of("web", 1));
        Await.until("one container", SOON, () -> app.containers().size() == 1);
        assertThat(app.body()).isEqualTo("Hello ()\n");
    }

    @Test
    void aOneOffCommandGivesItsExitCodeAndLogsAreShown(Installation slipway) {
        App app = greeter(slipway, "runs");
        Command.Result run = app.developer().verb("run", "-a", "test/runs", "perl", "exit.pl");
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.output()).contains("on the way out");
        assertThat(app.post("/run", Map.of("command", List.of("perl", "exit.pl")))
                        .required("exitCode")
                        .asInt())
                .isEqualTo(5);
        assertThat(app.developer().verb("logs", "-a", "test/runs").orFail())
                .contains("web.1")
                .contains("listening on");
    }

    @Test
    void aOneOffCommandOnATerminalKnowsItsSize(Installation slipway) {
        App app = greeter(slipway, "terminal");
        String ssh = String.join(" ", app.developer().sshCommand("-tt"));
        // script(1) gives ssh a terminal of its own, as a person has one.
        Command.Result run = Command.in(slipway.home())
                .run(
                        "script",
                        "-qec",
                        "stty rows 33 cols 101; " + ssh + " run -a test/terminal \"'stty size; test -t 0 && exit 4'\"",
                        "/dev/null");
        assertThat(run.output()).contains("33 101");
        assertThat(run.exitCode()).isEqualTo(4);
    }

    @Test
    void aDomainOfOnesOwnLeadsToTheApp(Installation slipway) {
        App app = greeter(slipway, "domains");
        assertThat(slipway.getApp("shop.example.com", "/").statusCode()).isEqualTo(404);
        app.post("/domains", Map.of("domain", "Shop.Example.com"));
        Await.until(
                "the domain serves",
                SOON,
                () -> slipway.getApp("shop.example.com", "/").body().equals("Hello ()\n"));
        app.developer().delete("/tenants/test/apps/domains/domains/shop.example.com");
        Await.until(
                "the domain does not serve",
                SOON,
                () -> slipway.getApp("shop.example.com", "/").statusCode() == 404);
    }

    @Test
    void theRegistryIsOpenedByATokenAndToItsTenantOnly(Installation slipway) {
        App app = greeter(slipway, "images");
        String image = "docker://127.0.0.1:" + slipway.controlPlane().getPort() + "/test/images@"
                + app.newest("releases").required("image").asText().replaceFirst(".*@", "");
        String token = app.developer().token();
        assertThat(inspect(slipway, "x:" + token, image).orFail()).contains("/cnb/launch");
        assertThat(inspect(slipway, "x:slp_wrong", image).exitCode()).isNotZero();
        assertThat(inspect(slipway, "x:" + token, image.replace("/images@", "/others@"))
                        .exitCode())
                .isNotZero();
    }

    private static Command.Result inspect(Installation slipway, String credentials, String image) {
        return Command.in(slipway.home())
                .run("skopeo", "inspect", "--config", "--tls-verify=false", "--creds", credentials, image);
    }

    @Test
    void aCommandOfAppJsonDecidesAboutHealth(Installation slipway) {
        App app = App.create(slipway, "checked");
        Source source = Source.sample(slipway, "dockerfile")
                .delete("Dockerfile")
                .write("Procfile", "web: perl hello.pl\n")
                .write("app.json", "{\"healthchecks\": {\"web\": [{\"command\": [\"perl\", \"check.pl\"]}]}}\n")
                .write("check.pl", "exit($ENV{PORT} && -e 'hello.pl' ? 0 : 9);\n")
                .commit("Check by a command");
        assertThat(app.push(source).orFail()).contains("Health: 1 of 1 pass the command perl check.pl");
        assertThat(app.body()).isEqualTo("Hello from a Dockerfile\n");
    }

    @Test
    void aProcessThatCrashesIsStartedAgainAndSaysWhy(Installation slipway) {
        App app = greeter(slipway, "crashes");
        app.patch("/formation", Map.of("worker", 1));
        Await.until(
                "a third life with the reason of the second death",
                SOON,
                () -> app.instances().stream()
                        .anyMatch(instance -> instance.required("name").asText().equals("worker.1")
                                && instance.required("crashes").asInt() >= 2));
        Await.until(
                "the reason of the last death",
                SOON,
                () -> app.instances().stream()
                        .map(instance -> instance.path("reason").asText())
                        .anyMatch(reason -> reason.contains("exited with code 7") && reason.contains("no more work")));
        assertThat(healthy(app, "web")).isEqualTo(1);
        assertThat(app.body()).isEqualTo("Hello ()\n");
    }

    private static long healthy(App app, String process) {
        return app.instances().stream()
                .filter(instance -> instance.required("name").asText().startsWith(process + "."))
                .map(instance -> instance.required("state"))
                .filter(state -> state.asText().equals("healthy"))
                .count();
    }

    /** A live app without a build to speak of: a web process that greets, and a worker that fails. */
    private static App greeter(Installation slipway, String name) {
        App app = App.create(slipway, name);
        Source source = Source.sample(slipway, "dockerfile")
                .replace("hello.pl", "Hello from a Dockerfile\\n", "Hello ($ENV{GREETING})\\n")
                .replace("hello.pl", "use warnings;", "no warnings;")
                .delete("Dockerfile")
                .write("Procfile", "web: perl hello.pl\nworker: perl fail.pl\n")
                .write("exit.pl", "print \"on the way out\\n\"; exit 5;\n")
                .write("fail.pl", "print \"no more work\\n\"; exit 7;\n")
                .commit("A greeter");
        app.push(source).orFail();
        app.awaitRest();
        return app;
    }
}
