package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a push does, seen by the one who pushes: the words, the live URL, and what a bad push leaves as it was. */
@ExtendWith(SlipwayProcess.class)
@Settings("slipway.instances.start-within=8s")
class PushIT {
    private static final Pattern IMAGE =
            Pattern.compile("@(sha256:[0-9a-f]{64}) \\S+ \\S+, (\\d+) of (\\d+) layers new");

    @Test
    void aPushTellsItsWayInThePlatformsWordsAndEndsAtTheLiveUrl(Installation slipway) {
        App app = App.create(slipway, "words");
        Source source = Source.sample(slipway, "static");

        String said = app.pushBySsh(source).orFail();

        assertThat(remoteLines(said))
                .filteredOn(line -> line.startsWith("-----> ") || line.startsWith("=====> "))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("-----> Slipway: test/words, commit "
                                        + source.head().substring(0, 7) + " on main"),
                        line -> assertThat(line).startsWith("-----> Detected: Static site ("),
                        line -> assertThat(line)
                                .startsWith("-----> Image: 127.0.0.1:"
                                        + slipway.controlPlane().getPort() + "/test/words@sha256:"),
                        line -> assertThat(line).matches("-----> Release v1: web=1 \\([0-9.]+ [MG]B, [0-9.]+ cpu\\)"),
                        line -> assertThat(line).startsWith("-----> Placing: 1 in local"),
                        line -> assertThat(line).matches("-----> Health: 1 of 1 pass .+ \\([0-9.]+ s\\)"),
                        line -> assertThat(line)
                                .matches("=====> Live: http://words--test\\.apps\\.localhost:" + slipway.proxyPort()
                                        + "   v1   [0-9.]+ s"));
        assertThat(app.body()).contains("Hello from a static site");
        assertThat(app.branch(source, "main")).isEqualTo(source.head());
    }

    @Test
    void oneChangedLineIsOneNewLayerAndNewContent(Installation slipway) {
        App app = App.create(slipway, "changes");
        Source source = Source.sample(slipway, "node");
        String first = app.push(source).orFail();
        assertThat(first).contains("Detected: Node.js").contains("npm ci");
        assertThat(app.body()).isEqualTo("Hello from changes\n");

        source.replace("server.js", "Hello from", "Greetings from").commit("Greet otherwise");
        String second = app.push(source).orFail();

        assertThat(newLayers(second)).isEqualTo(1);
        assertThat(second).contains("   v2   ");
        assertThat(app.body()).isEqualTo("Greetings from changes\n");
    }

    @Test
    void theSameSourceIsTheSameImageInAnyApp(Installation slipway) {
        Source source = Source.page(slipway, "the same");
        String first = app(slipway, "same-one").push(source).orFail();
        String second = app(slipway, "same-two").pushBySsh(source).orFail();
        assertThat(digest(second)).isEqualTo(digest(first));
    }

    @Test
    void aBrokenBuildRejectsThePushAndLeavesTheLiveReleaseAlone(Installation slipway) {
        App app = app(slipway, "broken");
        Source source = Source.page(slipway, "still here");
        app.push(source).orFail();
        String before = source.head();
        List<String> containers = app.containers();

        source.write(
                        "package.json",
                        "{\"name\":\"broken\",\"version\":\"1.0.0\",\"scripts\":{\"build\":\"echo no such thing; exit 3\",\"start\":\"node x\"}}")
                .commit("Break it");
        Command.Result push = app.push(source);

        assertThat(push.exitCode()).isNotZero();
        assertThat(push.output())
                .contains("no such thing")
                .contains(" !     Tried to build with the buildpack Node.js: it ended with exit code")
                .contains("[remote rejected]");
        assertThat(app.branch(source, "main")).isEqualTo(before);
        assertThat(app.liveRelease()).isEqualTo("v1");
        assertThat(app.containers()).isEqualTo(containers);
        assertThat(app.body()).isEqualTo("still here\n");
        assertThat(app.newest("builds").required("state").asText()).isEqualTo("failed");
    }

    @Test
    void anAppThatIgnoresItsPortIsToldWhichOneItTookInstead(Installation slipway) {
        App app = app(slipway, "deaf");
        Source source = Source.page(slipway, "still here");
        app.push(source).orFail();
        String before = source.head();

        source.write("package.json", "{\"name\":\"deaf\",\"version\":\"1.0.0\"}")
                .write("Procfile", "web: node server.js\n")
                .write("server.js", "require('http').createServer((q, a) => a.end('x')).listen(3000, '0.0.0.0');\n")
                .commit("Ignore the port");
        Command.Result push = app.push(source);

        assertThat(push.exitCode()).isNotZero();
        assertThat(push.output())
                .contains(" !     v2 is not live: web.1 was not healthy within 8 s")
                .contains("The app listens on 3000 instead")
                .contains("$PORT")
                .contains("v1 serves as before.");
        assertThat(app.branch(source, "main")).isEqualTo(before);
        assertThat(app.liveRelease()).isEqualTo("v1");
        assertThat(app.body()).isEqualTo("still here\n");
        assertThat(app.containers()).hasSize(1);
    }

    @Test
    void anotherBranchIsStoredAndSaysSo(Installation slipway) {
        App app = app(slipway, "branches");
        Source source = Source.page(slipway, "of main");
        app.push(source).orFail();

        source.write("index.html", "of a side branch\n").commit("Try something");
        String said =
                app.git(source, "push", app.remote(), "HEAD:refs/heads/side").orFail();

        assertThat(said).contains("side").containsIgnoringCase("main deploys");
        assertThat(app.branch(source, "side")).isEqualTo(source.head());
        assertThat(app.body()).isEqualTo("of main\n");
        assertThat(app.list("builds")).hasSize(1);
    }

    @Test
    void aDockerfileIsBuiltByTheEngine(Installation slipway) {
        App app = app(slipway, "dockerfile");
        Source source = Source.sample(slipway, "dockerfile");
        assertThat(app.push(source).orFail()).contains("Detected: Dockerfile");
        assertThat(app.body()).isEqualTo("Hello from a Dockerfile\n");

        source.write("Dockerfile", "FROM slipway-run:1\nRUN echo reached && false\n")
                .commit("Fail");
        Command.Result push = app.push(source);
        assertThat(push.exitCode()).isNotZero();
        assertThat(push.output())
                .contains(" !     Tried to build the Dockerfile")
                .contains("RUN echo reached && false");
        assertThat(app.body()).isEqualTo("Hello from a Dockerfile\n");
    }

    @Test
    void aProcfileAloneIsEnough(Installation slipway) {
        App app = app(slipway, "procfile");
        Source sample = Source.sample(slipway, "dockerfile");
        sample.delete("Dockerfile")
                .write("Procfile", "web: perl hello.pl\nworker: sleep 1000\n")
                .commit("Procfile");
        assertThat(app.push(sample).orFail()).contains("Detected: Procfile").contains("web=1");
        assertThat(app.body()).isEqualTo("Hello from a Dockerfile\n");
    }

    @Test
    void sourceThatNothingTakesIsToldWhatWasTried(Installation slipway) {
        App app = app(slipway, "nothing");
        Command.Result push = app.push(Source.of(slipway, Map.of("README", "to do\n")));
        assertThat(push.exitCode()).isNotZero();
        assertThat(push.output())
                .contains(" !     Tried to find out what this source is; no buildpack takes it:")
                .contains("Node.js")
                .contains("package.json")
                .contains("Maven")
                .contains("pom.xml")
                .contains("index.html")
                .contains("Procfile");
        Await.until(
                "a page that says why it does not serve",
                Duration.ofSeconds(3),
                () -> app.get("/").statusCode() == 503 && app.get("/").body().contains("This app has no release yet."));
    }

    @Test
    void brokenDescriptorsAreNamedByLineAndKey(Installation slipway) {
        App app = app(slipway, "descriptors");
        Source source = Source.of(slipway, Map.of("index.html", "x\n", "Procfile", "web: true\n\nnot a line\n"));
        Command.Result procfile = app.push(source);
        assertThat(procfile.exitCode()).isNotZero();
        assertThat(procfile.output()).containsPattern(" !     Procfile.*line 3");

        source.delete("Procfile")
                .write("app.json", "{\n  \"formation\": {\n    \"web\": {\"quantity\": \"many\"}\n  }\n}\n")
                .commit("Another file");
        Command.Result json = app.push(source);
        assertThat(json.exitCode()).isNotZero();
        assertThat(json.output()).containsPattern(" !     app\\.json.*line 3").contains("quantity");
    }

    @Test
    void anAppThatIsNotThereAnswersLikeOneThatIsNotAllowed(Installation slipway) {
        App app = app(slipway, "there");
        Source source = Source.page(slipway, "x");
        App missing = new App(slipway, app.developer(), "test", "not-there");
        assertThat(missing.push(source).exitCode()).isNotZero();
        assertThat(missing.pushBySsh(source).output())
                .contains("There is no app test/not-there, or you may not see it.");
        Developer stranger = Developer.withToken(slipway, "slp_not-a-token");
        assertThat(new App(slipway, stranger, "test", "there").push(source).exitCode())
                .isNotZero();
        assertThat(app.list("builds")).isEmpty();
    }

    private static App app(Installation slipway, String name) {
        return App.create(slipway, name);
    }

    /** What Slipway said, without git's own words and the blanks with which git fills its lines. */
    private static List<String> remoteLines(String output) {
        return output.lines()
                .filter(line -> line.startsWith("remote: "))
                .map(line -> line.substring("remote: ".length()).stripTrailing())
                .toList();
    }

    private static String digest(String output) {
        return image(output).group(1);
    }

    private static int newLayers(String output) {
        return Integer.parseInt(image(output).group(2));
    }

    private static Matcher image(String output) {
        Matcher matcher = IMAGE.matcher(output);
        assertThat(matcher.find()).as(output).isTrue();
        return matcher;
    }
}
