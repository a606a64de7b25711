package dev.slipway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of the scripts that can go wrong without an engine or a build. */
class ScriptsTest {
    private static final String PRELUDE =
            "unset SLIPWAY_HTTP_HOST SLIPWAY_HTTP_PORT SLIPWAY_SSH_PORT SLIPWAY_PROXY_PORT SLIPWAY_APPS_DOMAIN SLIPWAY_MEMORY\n"
                    + "set -euo pipefail; ROOT=..; for part in say settings packages jdk engine"
                    + " program first-deploy purge; do . lib/$part.sh; done; ";

    @TempDir
    Path home;

    private Command.Result bash(String script) {
        return Command.in(Path.of("."))
                .with(Map.of("SLIPWAY_HOME", home.toString(), "SLIPWAY_WORK", home.toString()))
                .run("bash", "-c", PRELUDE + script);
    }

    @Test
    void settingsComeFromTheEnvironmentThenFromTheHomeThenFromTheDefaults() throws IOException {
        assertThat(bash("echo $SLIPWAY_HTTP_PORT $SLIPWAY_PROXY_PORT").orFail()).isEqualTo("8080 8000\n");
        bash("SLIPWAY_HTTP_PORT=9080; settings_write").orFail();
        assertThat(bash("echo $SLIPWAY_HTTP_PORT $SLIPWAY_PROXY_PORT").orFail()).isEqualTo("9080 8000\n");
        assertThat(Files.readString(home.resolve("slipway.env"))).contains("SLIPWAY_HTTP_PORT=9080\n");
    }

    @Test
    void aTakenPortIsNamedWithTheSettingThatChangesIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Command.Result result = bash("SLIPWAY_HTTP_PORT=" + taken.getLocalPort() + "; ports_check");
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.output())
                    .contains("Port " + taken.getLocalPort() + " is taken")
                    .contains("SLIPWAY_HTTP_PORT=");
        }
    }

    @Test
    void aDirectoryThatIsNoJdkIsRefused() {
        Command.Result result = bash("SLIPWAY_JAVA_HOME=/usr; jdk_find");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("SLIPWAY_JAVA_HOME=/usr is not a JDK");
    }

    @Test
    void theJdkFoundIsNewEnough() {
        assertThat(Integer.parseInt(
                        bash("jdk_find; echo $SLIPWAY_JAVA_MAJOR").orFail().strip()))
                .isGreaterThanOrEqualTo(21);
    }

    @Test
    void aPidFileThatNamesAStrangerIsNoRunningSlipway() throws IOException {
        Files.writeString(home.resolve("slipway.pid"), ProcessHandle.current().pid() + "\n");
        assertThat(bash("program_pid || echo none").orFail()).isEqualTo("none\n");
    }

    @Test
    void aFieldOfAJsonFileIsRead() {
        assertThat(bash("printf '{\\n \"name\": \"a-b\",\\n \"token\" : \"slp_x\"}' | json_field token")
                        .orFail())
                .isEqualTo("slp_x");
    }

    @Test
    void aFailedStepShowsTheEndOfItsOutputAndWhereTheRestIs() {
        Command.Result result = bash("step 'Try it' bash -c 'echo reason; exit 3'");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .contains("| reason")
                .contains("failed with exit code 3")
                .contains("log/try-it.log");
    }

    @Test
    void purgeLeavesADirectoryThatIsNoHome() throws IOException {
        Files.writeString(home.resolve("precious"), "mine");
        Command.Result result = bash("purge_home");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(home.resolve("precious")).exists();
    }

    @Test
    void upJsonHasExactlyTheKeysThatScriptsRelyOn() throws IOException {
        bash("ADMIN_NAME=admin ADMIN_PASSWORD=p ADMIN_TOKEN=t; up_json_write").orFail();
        Path file = home.resolve("up.json");
        var names = new java.util.ArrayList<String>();
        new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(file.toFile())
                .fieldNames()
                .forEachRemaining(names::add);
        assertThat(names)
                .containsExactly(
                        "ui",
                        "api",
                        "git_http",
                        "git_ssh",
                        "registry",
                        "apps_domain",
                        "proxy",
                        "admin",
                        "password",
                        "token",
                        "tenant",
                        "live");
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void theEngineStartsAfterAKilledOneLeftItsPidFile() throws IOException {
        Path pidFile = home.resolve("docker.pid");
        Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");
        bash("DOCKER_PID_FILE=" + pidFile + "; DOCKER_SOCKET=" + home.resolve("docker.sock")
                        + "; pgrep() { return 0; }; _engine_clear_leftovers")
                .orFail();
        assertThat(pidFile).doesNotExist();
    }
}
