package dev.slipway.buildpacks.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DescriptorTest {

    @Test
    void procfileKeepsOrderAndColons() throws Exception {
        Procfile procfile = Procfile.parse("# c\n\nweb: node a.js http://x:1\r\nworker:  sleep 1\n");
        assertThat(procfile.processes().toString()).isEqualTo("{web=node a.js http://x:1, worker=sleep 1}");
    }

    @Test
    void procfileErrorsNameTheLine() {
        assertProcfile("web: x\nnonsense\n", "Procfile line 2: expected 'type: command'");
        assertProcfile("web:\n", "Procfile line 1, key web: the command is missing");
        assertProcfile("web: x\nweb: y\n", "Procfile line 2, key web: this process type is there twice.");
        assertProcfile("w.b: x\n", "Procfile line 1, key w.b: a process type has letters");
        assertProcfile("\n# only\n", "Procfile: has no process.");
    }

    private static void assertProcfile(String text, String message) {
        assertThatThrownBy(() -> Procfile.parse(text))
                .isInstanceOf(DescriptorException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void appJsonIsRead() throws Exception {
        AppDescriptor app = AppDescriptor.parse("""
                {"name": "x", "env": {"A": "1", "B": {"required": true}, "C": {"generator": "secret"}, "D": {"value": 3}},
                 "formation": {"web": {"quantity": 2}},
                 "healthchecks": {"web": [{"type": "liveness", "path": "/healthz", "timeout": 2, "attempts": 4},
                                          {"command": ["bin/ok"]}, {"uptime": 9}, {}]},
                 "cron": [{"command": "x", "schedule": "*/5 * * * *"}],
                 "scripts": {"postdeploy": "rake", "dokku": {"predeploy": "y"}}}""");
        assertThat(app.environment().get("B").required()).isTrue();
        assertThat(app.environment().get("C").secret()).isTrue();
        assertThat(app.environment().get("D").value()).isEqualTo("3");
        assertThat(app.formation().get("web").quantity()).isEqualTo(2);
        List<HealthCheck> checks = app.healthChecks().get("web");
        assertThat(checks.get(0))
                .isEqualTo(new HealthCheck(
                        HealthCheck.When.LIVENESS,
                        new HealthCheck.Probe.Http("/healthz"),
                        4,
                        Duration.ZERO,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2)));
        assertThat(checks.get(1).probe()).isEqualTo(new HealthCheck.Probe.Command(List.of("bin/ok")));
        assertThat(checks.get(3).probe()).isEqualTo(new HealthCheck.Probe.Tcp());
        assertThat(app.cron()).hasSize(1);
        assertThat(app.scripts()).containsOnlyKeys("postdeploy");
    }

    @Test
    void appJsonErrorsNameLineAndKey() {
        assertAppJson(
                "{\n \"formation\": {\n  \"web\": {\"quantity\": -1}}}",
                "app.json line 3, key formation.web.quantity: expected a whole number");
        assertAppJson("{\"env\": []}", "app.json line 1, key env: expected an object");
        assertAppJson("{\"env\": {\"1X\": \"\"}}", "app.json line 1, key env.1X: a variable's name");
        assertAppJson(
                "{\n\"env\": {",
                "app.json line 2: is not valid JSON: Unexpected end-of-input: expected close marker for Object.");
        assertAppJson("{\n\n\"env\": {\"A\" 1}}", "app.json line 3: is not valid JSON");
        assertAppJson(
                "{\"cron\": [{\"command\": \"x\", \"schedule\": \"often\"}]}",
                "app.json line 1, key cron.0.schedule: a schedule has five fields");
        assertAppJson(
                "{\"healthchecks\": {\"web\": [{\"path\": \"x\"}]}}",
                "app.json line 1, key healthchecks.web.0.path: a path begins");
        String web = "app.json line 2, key healthchecks.web.0";
        assertWebCheck("\"command\": \"bin/ok\"", web + ".command: expected a list");
        assertWebCheck("\"command\": []", web + ".command: the command is empty; write a list");
        assertWebCheck("\"command\": [\"bin/ok\", 1]", web + ".command.1: expected a text in quotes");
        assertWebCheck("\"comand\": [\"bin/ok\"]", web + ".comand: a check has no such key; it has type, name,");
        assertWebCheck("\"port\": 80", web + ".port: a check has no such key");
        assertWebCheck(
                "\"path\": \"/\", \"command\": [\"x\"]", web + ".command: a check tries one thing; here it is 'path'");
        assertWebCheck("\"path\": \"/a b\"", web + ".path: a path has neither spaces");
        assertWebCheck("\"timeout\": 0", web + ".timeout: expected a whole number from 1 to 3600; found 0");
        assertWebCheck("\"type\": \"often\"", web + ".type: a check is of type");
        assertAppJson("{\"env\": {\"A\": \"1\", \"A\": \"2\"}}", "app.json line 1: is not valid JSON: Duplicate");
        assertAppJson("", "app.json: is empty");
    }

    private static void assertWebCheck(String keys, String message) {
        assertAppJson("{\"healthchecks\":\n {\"web\": [{" + keys + "}]}}", message);
    }

    private static void assertAppJson(String text, String message) {
        assertThatThrownBy(() -> AppDescriptor.parse(text))
                .isInstanceOf(DescriptorException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void projectTomlIsReadInBothSchemas() throws Exception {
        ProjectDescriptor newer = ProjectDescriptor.parse(
                "[_]\nschema-version = \"0.2\"\n[io.buildpacks]\nexclude = [\"x\"]\n[[io.buildpacks.group]]\nid = \"a/b\"\n"
                        + "[[io.buildpacks.build.env]]\nname = \"K\"\nvalue = \"V\"\n");
        ProjectDescriptor older = ProjectDescriptor.parse(
                "[project]\nid = \"x\"\n[[build.buildpacks]]\nid = \"a/b\"\n[[build.env]]\nname = \"K\"\nvalue = \"V\"\n");
        assertThat(newer.buildpacks()).isEqualTo(older.buildpacks()).containsExactly("a/b");
        assertThat(newer.buildEnvironment()).isEqualTo(older.buildEnvironment()).containsEntry("K", "V");
        assertThat(newer.unused()).containsExactly("exclude");
        assertThatThrownBy(() -> ProjectDescriptor.parse("[a\nb"))
                .isInstanceOf(DescriptorException.class)
                .hasMessageStartingWith("project.toml line 1: is not valid TOML");
    }

    /** Whatever the bytes are, the answer is a value or a DescriptorException. */
    @Test
    void noInputBreaksAParser() {
        Random random = new Random(7);
        List<String> seeds = List.of(
                "web: node x\nworker: y\n",
                "{\"env\": {\"A\": {\"value\": 1}}, \"cron\": [{\"command\": \"x\", \"schedule\": \"* * * * *\"}]}",
                "{\"healthchecks\": {\"web\": [{\"path\": \"/\", \"port\": 80}]}, \"formation\": {\"web\": {\"quantity\": 1}}}",
                "[io.buildpacks]\n[[io.buildpacks.group]]\nid = \"a\"\nd = 1979-05-27T07:32:00Z\n");
        String alphabet = "{}[]\":,=.\n\t #'\\\0\u00e9\ud83d0123456789aeinortw-+";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
            for (int change = random.nextInt(6); change >= 0; change--) {
                int at = random.nextInt(text.length() + 1);
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                if (random.nextBoolean() || at == text.length()) {
                    text.insert(at, c);
                } else if (random.nextBoolean()) {
                    text.setCharAt(at, c);
                } else {
                    text.delete(at, Math.min(text.length(), at + random.nextInt(8)));
                }
            }
            for (Parser parser : List.<Parser>of(Procfile::parse, AppDescriptor::parse, ProjectDescriptor::parse)) {
                try {
                    parser.parse(text.toString());
                } catch (DescriptorException expected) {
                    assertThat(expected.getMessage()).isNotBlank();
                } catch (RuntimeException | StackOverflowError e) {
                    throw new AssertionError("broken by: " + text, e);
                }
            }
        }
    }

    private interface Parser {
        Object parse(String text) throws DescriptorException;
    }
}
