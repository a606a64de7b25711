package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Docker Engine is stopped and started in the middle of a deployment; it is one of the test's own. */
class EngineRestartIT {
    private static final Duration BOUND = Duration.ofSeconds(60);

    /** Listens after a while, so that there is a middle of a deployment. */
    private static final String SERVER = """
            use IO::Socket::INET;
            sleep WAIT;
            my $server = IO::Socket::INET->new(LocalPort => $ENV{PORT}, Listen => 50, ReuseAddr => 1) or die $!;
            $SIG{TERM} = sub { exit 0 };
            while (1) {
                my $client = $server->accept or next;
                while (<$client>) { last if /^\\r\\n$/ }
                print $client "HTTP/1.1 200 OK\\r\\nContent-Length: 7\\r\\nConnection: close\\r\\n\\r\\nTEXT\\n";
                close $client;
            }
            """;

    private static String server(int wait, String text) {
        return SERVER.replace("WAIT", String.valueOf(wait)).replace("TEXT", text);
    }

    @Test
    void aDeploymentInTheMiddleEndsAndAppsComeBack() throws Exception {
        try (SecondEngine engine = new SecondEngine().start().load("slipway-run:1");
                Installation slipway = new Installation()
                        .with("slipway.docker.socket", engine.socket().toString())
                        .with("slipway.docker.network-pool", "10.231.0.0/16")
                        .with("slipway.build.warm-sandboxes", "0");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            slipway.start();
            App app = App.create(slipway, "survivor");
            Source source = Source.of(
                    slipway,
                    Map.of(
                            "Dockerfile",
                            "FROM slipway-run:1\nCOPY server.pl /server.pl\nCMD [\"perl\", \"/server.pl\"]\n",
                            "server.pl",
                            server(0, "first.")));
            app.push(source).orFail();
            app.awaitRest();
            assertThat(app.body()).isEqualTo("first.\n");

            Future<Command.Result> push =
                    app.pushing(source.write("server.pl", server(20, "second")).commit("Slow"), threads);
            Await.until(
                    "the second release is checked",
                    BOUND,
                    () -> app.list("deployments").size() == 2
                            && app.newest("deployments")
                                    .required("state")
                                    .asText()
                                    .equals("checking")
                            && running(engine).size() == 2);
            engine.stop();

            Await.until(
                    "readiness tells of the engine", BOUND, () -> ready(slipway).statusCode() == 503);
            assertThat(ready(slipway).body()).contains("runtime of site local").contains("DOWN");
            assertThat(slipway.get(slipway.controlPlane().resolve("/q/health/live"))
                            .statusCode())
                    .isEqualTo(200);
            Await.until(
                    "the proxy says that the app is away",
                    BOUND,
                    () -> app.get("/").statusCode() == 503);
            assertThat(app.get("/").body()).contains("of this app", "at the moment");

            engine.start();
            Await.until("ready again", BOUND, () -> ready(slipway).statusCode() == 200);
            Await.until("the app is back", BOUND, () -> app.get("/").statusCode() == 200);
            app.awaitRest();
            JsonNode deployment = app.newest("deployments");
            assertThat(deployment.required("state").asText())
                    .as(deployment.toString())
                    .isEqualTo("rolled_back");
            Command.Result pushed = push.get();
            assertThat(pushed.exitCode()).isNotZero();
            assertThat(pushed.output())
                    .contains(" !     v2 is not live: web.1 ")
                    .contains("v1 serves as before.");
            assertThat(app.body()).isEqualTo("first.\n");

            Await.until("one container is left and it is the instance", BOUND, () -> {
                List<JsonNode> instances = app.instances();
                return running(engine).size() == 1
                        && instances.size() == 1
                        && instances.getFirst().required("state").asText().equals("healthy");
            });
            app.push(source.write("server.pl", server(0, "third.")).commit("On"))
                    .orFail();
            assertThat(app.body()).isEqualTo("third.\n");
        }
    }

    private static HttpResponse<String> ready(Installation slipway) {
        return slipway.get(slipway.controlPlane().resolve("/q/health/ready"));
    }

    /** Names of the containers that run in the engine, all of them this installation's. */
    private static List<String> running(SecondEngine engine) {
        String names = engine.docker("ps", "--format", "{{.Names}}").orFail();
        return new ArrayList<>(
                Arrays.stream(names.split("\n")).filter(name -> !name.isBlank()).toList());
    }
}
