package dev.slipway.buildpacks.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher is run by the shell. */
class LaunchScriptTest {

    @TempDir
    Path directory;

    private static LaunchProcess process(String type, String directory, String... words) {
        return new LaunchProcess(type, List.of(words), List.of(), directory, false, "x");
    }

    private String run(LaunchPlan plan, Map<String, String> environment, String name, String... arguments)
            throws Exception {
        Path script = directory.resolve("launch");
        Files.writeString(script, LaunchScript.text(plan).replace("/workspace", directory.toString()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path link = directory.resolve(name);
        if (!name.equals("launch")) {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, script);
        }
        List<String> command = new ArrayList<>(List.of(link.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said.strip() + (process.waitFor() == 0 ? "" : " exit " + process.exitValue());
    }

    private static LaunchPlan plan(List<EnvironmentChange> changes, LaunchProcess... processes) {
        Map<String, LaunchProcess> map = new LinkedHashMap<>();
        for (LaunchProcess process : processes) {
            map.put(process.type(), process);
        }
        return new LaunchPlan(map, changes, Map.of());
    }

    @Test
    void runsTheTypeByEveryWayOfAsking() throws Exception {
        LaunchPlan plan =
                plan(List.of(), process("web", "", "echo", "it's", "$HOME"), process("worker", "", "echo", "w"));
        assertThat(run(plan, Map.of(), "launch")).isEqualTo("it's $HOME");
        assertThat(run(plan, Map.of(), "launch", "web")).isEqualTo("it's $HOME");
        assertThat(run(plan, Map.of(), "launch", "/cnb/process/worker")).isEqualTo("w");
        assertThat(run(plan, Map.of(), "worker")).isEqualTo("w");
        assertThat(run(plan, Map.of(), "launch", "echo", "web")).isEqualTo("web");
    }

    @Test
    void theProcessReplacesTheLauncher() throws Exception {
        LaunchPlan plan = plan(List.of(), process("web", "", "sh", "-c", "echo $$ $PPID"));
        String[] ids = run(plan, Map.of(), "web").split(" ");
        assertThat(Long.parseLong(ids[1])).isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void withoutADefaultItSaysWhichTypesThereAre() throws Exception {
        LaunchPlan plan = plan(List.of(), process("a", "", "true"), process("b", "", "true"));
        assertThat(run(plan, Map.of(), "launch")).isEqualTo("This image has no default process. Types: a b exit 64");
    }

    @Test
    void environmentRulesHoldForAnyValue() throws Exception {
        Random random = new Random(5);
        String alphabet = "ab '\"$`\\}{:;|&!*~#\n";
        for (int round = 0; round < 60; round++) {
            String value = text(random, alphabet);
            String old = text(random, alphabet);
            String delimiter = text(random, "ab':}$\"\\`");
            for (EnvironmentChange.Action action : EnvironmentChange.Action.values()) {
                for (boolean set : List.of(true, false)) {
                    String before = set ? old : "";
                    boolean empty = before.isEmpty();
                    String expected = switch (action) {
                        case OVERRIDE -> value;
                        case DEFAULT -> set ? old : value;
                        case APPEND -> empty ? value : old + delimiter + value;
                        case PREPEND -> empty ? value : value + delimiter + old;
                    };
                    LaunchPlan plan = plan(
                            List.of(new EnvironmentChange("X", action, value, delimiter)),
                            process("web", "", "printenv", "X"));
                    assertThat(run(plan, set ? Map.of("X", old) : Map.of(), "web"))
                            .as(action + " " + set + " " + delimiter)
                            .isEqualTo(expected.strip());
                }
            }
        }
    }

    private static String text(Random random, String alphabet) {
        StringBuilder text = new StringBuilder("x");
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.append('y').toString();
    }

    @Test
    void pathsAreNotDoubled() throws IOException, Exception {
        LaunchPlan plan =
                plan(List.of(EnvironmentChange.path("PATH", "/layers/x/bin")), process("web", "", "printenv", "PATH"));
        assertThat(run(plan, Map.of("PATH", "/usr/bin:/bin"), "web")).isEqualTo("/layers/x/bin:/usr/bin:/bin");
        assertThat(run(plan, Map.of("PATH", "/layers/x/bin:/usr/bin:/bin"), "web"))
                .isEqualTo("/layers/x/bin:/usr/bin:/bin");
    }
}
