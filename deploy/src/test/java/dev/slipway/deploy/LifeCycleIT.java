package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Start, ready, stop, and the ends that nobody plans. */
@ExtendWith(SlipwayProcess.class)
class LifeCycleIT {
    @Test
    void isLiveAndReadyWithItsDatabase(Installation slipway) {
        assertThat(slipway.get(slipway.controlPlane().resolve("/q/health/live")).statusCode())
                .isEqualTo(200);
        assertThat(slipway.get(slipway.controlPlane().resolve("/q/health/ready"))
                        .body())
                .contains("Database")
                .contains("UP");
    }

    @Test
    void saysHowItsEngineAndItsDiskAre(Installation slipway) {
        assertThat(slipway.get(slipway.controlPlane().resolve("/q/health/ready"))
                        .body())
                .contains("runtime of site local")
                .contains("disk of SLIPWAY_HOME")
                .contains("free bytes");
    }

    @Test
    void describesItsApiAndNothingElse(Installation slipway) throws Exception {
        JsonNode paths = new ObjectMapper()
                .readTree(slipway.get(slipway.controlPlane().resolve("/q/openapi?format=json"))
                        .body())
                .required("paths");
        List<String> described = new ArrayList<>();
        paths.fieldNames().forEachRemaining(described::add);
        assertThat(described).hasSizeGreaterThan(25).allMatch(path -> path.startsWith("/api/v1/"));
    }

    @Test
    void tellsPrometheusWhoLeadsAndWhatIsOpen(Installation slipway) {
        Await.until(
                "the first round of metrics",
                Duration.ofSeconds(30),
                () -> slipway.get(slipway.controlPlane().resolve("/q/metrics"))
                        .body()
                        .contains("slipway_leader 1.0"));
    }

    @Test
    void endsInOrderAtATermAndTakesItsDatabaseAlong(Installation slipway) {
        long database = slipway.databasePid();
        assertThat(slipway.stop()).isEqualTo(143);
        assertThat(slipway.home().resolve("postgres/data/postmaster.pid")).doesNotExist();
        Await.until("the database server " + database + " ended", Duration.ofSeconds(10), () -> !running(database));
        assertThat(slipway.log()).doesNotContain("ERROR");
    }

    @Test
    void takesItsDatabaseOverWhenItWasKilled(Installation slipway) {
        long database = slipway.databasePid();
        slipway.kill();
        assertThat(running(database)).isTrue();
        slipway.start();
        assertThat(slipway.databasePid()).isEqualTo(database);
    }

    @Test
    void aSecondOneOnTheSameHomeRefusesAndHarmsNothing(Installation slipway) {
        Command.Result second = Command.in(slipway.home())
                .run(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Dslipway.home=" + slipway.home(),
                        "-jar",
                        Path.of("target/quarkus-app/quarkus-run.jar")
                                .toAbsolutePath()
                                .toString());
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.output())
                .contains("Slipway cannot start")
                .contains("pid " + slipway.pid())
                .contains("SLIPWAY_HOME");
        assertThat(slipway.get(slipway.controlPlane().resolve("/q/health/ready"))
                        .statusCode())
                .isEqualTo(200);
    }

    private static boolean running(long pid) {
        return ProcessHandle.of(pid)
                .filter(process -> process.info().command().isPresent())
                .isPresent();
    }
}
