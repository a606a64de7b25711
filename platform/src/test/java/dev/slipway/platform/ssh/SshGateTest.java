package dev.slipway.platform.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.platform.git.Commands;
import dev.slipway.platform.git.GitWorld;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verbs by the real ssh client. */
class SshGateTest {
    @TempDir
    Path home;

    GitWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new GitWorld(home);
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    @Test
    void verbGetsWordsStreamsAndGivesItsExitCode() throws Exception {
        world.verbs = call -> {
            try {
                assertThat(call.arguments()).containsExactly("config:set", "A=b c", "-a", "acme/shop");
                assertThat(call.terminal()).isEmpty();
                call.stdin().transferTo(call.stdout());
                call.stderr().write("warned\n".getBytes(StandardCharsets.UTF_8));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return 7;
        };
        Process ssh = Commands.start(home, Map.of(), with("right", "config:set 'A=b c' -a acme/shop"));
        ssh.getOutputStream().write("typed\n".getBytes(StandardCharsets.UTF_8));
        ssh.getOutputStream().close();

        String said = new String(ssh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(ssh.waitFor()).as(said).isEqualTo(7);
        assertThat(said).contains("typed").contains("warned");
    }

    @Test
    void loginWithoutCommandGreetsAndHelps() throws Exception {
        world.verbs = call -> call.arguments().equals(List.of("help")) ? 0 : 3;

        Commands.Outcome outcome = Commands.run(home, Map.of(), with("right").toArray(String[]::new));

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.output()).contains("Hello ada");
    }

    @Test
    void terminalIsToldAndVerbEndsWithItsClient() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        List<String> types = new ArrayList<>();
        world.verbs = call -> {
            call.terminal().ifPresent(terminal -> types.add(terminal.type() + terminal.columns()));
            started.countDown();
            try {
                return new CountDownLatch(1).await(30, TimeUnit.SECONDS) ? 0 : 1;
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        };
        List<String> command = new ArrayList<>(with("right", "run sh"));
        command.add(1, "-tt");

        Process ssh = Commands.start(home, Map.of("TERM", "xterm"), command);
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        ssh.destroyForcibly().waitFor();

        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(types).hasSize(1).first().asString().startsWith("xterm");
    }

    @Test
    void forwardingAndSubsystemsAreRefused() throws Exception {
        List<String> subsystem = new ArrayList<>(with("right", "sftp"));
        subsystem.add(1, "-s");
        List<String> forward = new ArrayList<>(with("right"));
        forward.addAll(1, List.of("-W", "127.0.0.1:22"));

        assertThat(Commands.run(home, Map.of(), subsystem.toArray(String[]::new))
                        .exit())
                .isNotZero();
        assertThat(Commands.run(home, Map.of(), forward.toArray(String[]::new)).exit())
                .isNotZero();
    }

    @Test
    void hostKeyIsMadeOnceForItsOwnerOnly() throws Exception {
        Path file = home.resolve("ssh/host-ed25519");
        HostKey key = new HostKey(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(key.readOrMake().getPublic()).isEqualTo(key.readOrMake().getPublic());
        assertThat(Commands.run(home, Map.of(), "ssh-keygen", "-l", "-f", file.toString())
                        .output())
                .contains("ED25519");
    }

    @Test
    void commandLinesAreSplitLikeAShellDoes() {
        assertThat(CommandLine.split("a  'b c' \"d\\\"e\" f\\ g ''")).containsExactly("a", "b c", "d\"e", "f g", "");
        assertThatThrownBy(() -> CommandLine.split("a 'b")).hasMessage("A quote is not closed: '");
    }

    private List<String> with(String key, String... words) {
        List<String> command = new ArrayList<>(world.ssh(key));
        command.addAll(List.of(words));
        return command;
    }
}
