package dev.slipway.buildpacks.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled buildpacks' own programs are run. */
class BundledBuildpacksTest {

    @TempDir
    Path directory;

    private Workbench bench;

    @BeforeEach
    void open() throws Exception {
        bench = new Workbench(directory.resolve("one"));
    }

    @Test
    void procfileAloneMakesAShellApp() throws Exception {
        BuildOutcome.Built built =
                bench.built(Map.of("Procfile", "web: ./run \"$PORT\"\nworker: sleep 1 # c\n", "run*", "#!/bin/sh\n"));

        assertThat(bench.lines.getFirst()).isEqualTo("-----> Detected: Procfile (Procfile: web worker)");
        assertThat(bench.lines.getLast()).startsWith("-----> Image: 127.0.0.1:8080/acme/shop@" + built.image());
        assertThat(built.facts().processes())
                .extracting(process -> process.type() + "=" + process.display() + " " + process.isDefault())
                .containsExactly("web=./run \"$PORT\" true", "worker=sleep 1 # c false");
        assertThat(built.facts().processes().getFirst().command()).containsExactly("/cnb/process/web");
        assertThat(bench.content(built.image()))
                .containsKeys("workspace/run", "cnb/launch")
                .containsEntry("cnb/process/web", "-> ../launch");
        assertThat(bench.read(built.image()).config().launch().entrypoint()).containsExactly("/cnb/launch");
        assertThat(bench.sandbox.steps()).isEqualTo(1);
    }

    @Test
    void staticSiteIsServedByNginxFromALayerOfItsOwn() throws Exception {
        BuildOutcome.Built built = bench.built(Map.of("index.html", "<h1>hello</h1>"));

        assertThat(bench.lines).contains("-----> Detected: Static site (index.html)");
        assertThat(bench.content(built.image()))
                .containsKeys("layers/slipway_static/server/bin/nginx", "workspace/index.html");

        BuildOutcome.Built changed = bench.built(Map.of("index.html", "<h1>hello, you</h1>"));
        assertThat(changed.facts().newLayers()).isEqualTo(1);
        // On top, or whoever pulls the image would unpack the unchanged layers above it again.
        assertThat(layersBelowTheTop(changed)).isEqualTo(layersBelowTheTop(built));
        assertThat(bench.lines).contains("       nginx 1.22.1 (kept)");
        assertThat(bench.content(changed.image())).containsKey("layers/slipway_static/server/bin/nginx");
    }

    private List<Descriptor> layersBelowTheTop(BuildOutcome.Built built) throws IOException {
        List<Descriptor> layers = bench.read(built.image()).manifest().layers();
        return layers.subList(0, layers.size() - 1);
    }

    @Test
    void staticfileMayNotLeadOut() throws Exception {
        BuildOutcome outcome = bench.build(Map.of("Staticfile", "root: ../etc\n"));

        assertThat(outcome).isInstanceOf(BuildOutcome.Failed.class);
        assertThat(bench.lines)
                .contains("       Staticfile: root: ../etc leads out of the app; name a directory inside it.");
        assertThat(bench.lines)
                .anyMatch(line -> line.startsWith(" !     Tried to build with the buildpack Static site"));
    }

    @Test
    void nothingDetectedSaysWhatWasTriedAndWhy() throws Exception {
        bench.build(Map.of("main.py", "print()"));

        assertThat(bench.lines)
                .containsSequence(
                        " !     Tried to find out what this source is; no buildpack takes it:",
                        " !       Java (Maven): no pom.xml",
                        " !       Procfile: no Procfile",
                        " !       Node.js: no package.json or server.js",
                        " !       Static site: no Staticfile, index.html or public/index.html");
    }

    @Test
    void unknownNodeVersionIsExplained() throws Exception {
        bench.build(Map.of("package.json", "{\"engines\": {\"node\": \"^99\"}}", "server.js", ""));

        assertThat(bench.lines)
                .contains("-----> Detected: Node.js (package.json, node ^99 from engines)")
                .anyMatch(line -> line.contains("\"node\": \"^99\"") && line.contains("none of"));
    }

    @Test
    void brokenPackageJsonEndsDetection() throws Exception {
        BuildOutcome outcome = bench.build(Map.of("package.json", "{\"a\": [}"));

        assertThat(outcome)
                .isEqualTo(new BuildOutcome.Failed(
                        new BuildFailure.BuildpackFailed("Node.js", "detect", 1, "package.json is not valid JSON")));
    }

    @Test
    void sameSourceGivesTheSameDigestInAnotherPlace() throws Exception {
        Map<String, String> source = Map.of("index.html", "x", "a/b.css", "y", "run*", "z");
        Digest first = bench.built(source).image();
        Workbench other = new Workbench(directory.resolve("two"));

        assertThat(other.built(source).image()).isEqualTo(first);
        assertThat(bench.built(source).image()).isEqualTo(first);
    }

    @Test
    void nodeAppInstallsOnceAndThenOnlyItsOwnLayerChanges() throws Exception {
        Map<String, String> source = new HashMap<>(
                Map.of("package.json", """
                {"name": "shop", "version": "1.0.0", "engines": {"node": "22.x"},
                 "scripts": {"start": "node server.js"}, "dependencies": {"ms": "2.1.3"}}""", "package-lock.json", """
                {"name": "shop", "version": "1.0.0", "lockfileVersion": 3, "requires": true, "packages": {
                  "": {"name": "shop", "version": "1.0.0", "dependencies": {"ms": "2.1.3"}},
                  "node_modules/ms": {"version": "2.1.3",
                    "resolved": "https://registry.npmjs.org/ms/-/ms-2.1.3.tgz",
                    "integrity": "sha512-6FlzubTLZG3J2a/NVCAleEhjzq5oxgHyaCU9yYXvcLsvoVaHJq/s5xXI6/XXP6tz7R9xAOtHnSO/tXtF3WRTlA=="}}}""", "server.js", "console.log(require('ms')('1m'))"));
        BuildOutcome.Built cold = bench.built(source);
        assertThat(bench.lines).contains("-----> Detected: Node.js (package.json, node 22.x from engines)");
        assertThat(bench.lines).anyMatch(line -> line.matches(" {7}npm ci: 1 packages in [0-9.]+ s"));
        assertThat(bench.content(cold.image()))
                .containsKeys(
                        "layers/slipway_nodejs/node/bin/node", "layers/slipway_nodejs/modules/node_modules/ms/index.js")
                .containsEntry("workspace/node_modules", "-> /layers/slipway_nodejs/modules/node_modules");

        source.put("server.js", "console.log(require('ms')('2m'))");
        BuildOutcome.Built changed = bench.built(source);
        assertThat(bench.lines).contains("       npm ci: 1 packages (cache hit)");
        assertThat(changed.facts().newLayers()).isEqualTo(1);
        assertThat(changed.facts().newBytes()).isLessThan(2_000);

        source.put("broken", "");
        source.put("package.json", source.get("package.json").replace("22.x", "99"));
        assertThat(bench.build(source)).isInstanceOf(BuildOutcome.Failed.class);
        source.remove("broken");
        source.put("package.json", source.get("package.json").replace("\"99\"", "\"22.x\""));
        assertThat(bench.built(source).image()).isEqualTo(changed.image());
        assertThat(bench.lines).contains("       npm ci: 1 packages (cache hit)");
        List<String> types = changed.facts().processes().stream()
                .map(process -> process.display())
                .toList();
        assertThat(types).containsExactly("node server.js");
    }
}
