package dev.slipway.platform.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.identity.TenantName;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Makes a Java client of the OpenAPI document, as anybody would, and uses it. What {@code client/Journey.java} does is
 * written against the generated classes, so that a changed operation id or field does not compile here before it breaks
 * somebody's client.
 */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class GeneratedClientTest {
    private static final Path WORK = Path.of("target/openapi");

    @Inject
    TrialWorld world;

    @Inject
    ObjectMapper mapper;

    @Test
    void aClientMadeOfTheDocumentWorksAndTakesItsExamples() throws Exception {
        Path document = Files.createDirectories(WORK).resolve("openapi.json");
        Files.writeString(
                document,
                given().accept("application/json").get("/q/openapi?format=json").asString());
        try (URLClassLoader client = compiled(generated(document))) {
            TenantName tenant = world.tenant();
            Someone owner = world.member(tenant, Role.OWNER);
            @SuppressWarnings("unchecked")
            Function<Map<String, String>, String> journey = (Function<Map<String, String>, String>)
                    client.loadClass("journey.Journey").getConstructor().newInstance();
            String told = journey.apply(Map.of(
                    "server", "http://localhost:" + RestAssured.port,
                    "token", owner.token(),
                    "tenant", tenant.value()));
            assertThat(told).isEqualTo(tenant + "/shop new, web=2, GREETING=hello, 412 changed-meanwhile");
            examplesFit(client, mapper.readTree(document.toFile()));
        }
    }

    private static Path generated(Path document) throws Exception {
        Path sources = WORK.resolve("client");
        Process generator = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        WORK.resolve("openapi-generator.jar").toString(),
                        "generate",
                        "--input-spec",
                        document.toString(),
                        "--generator-name",
                        "java",
                        "--library",
                        "native",
                        "--output",
                        sources.toString(),
                        "--global-property",
                        "apis,models,supportingFiles,apiDocs=false,modelDocs=false,apiTests=false,modelTests=false",
                        "--additional-properties",
                        "openApiNullable=false,hideGenerationTimestamp=true,disallowAdditionalPropertiesIfNotPresent=false,"
                                + "useJakartaEe=true,annotationLibrary=none,generatedConstructorWithRequiredArgs=false,"
                                + "apiPackage=client.api,modelPackage=client.model,invokerPackage=client")
                .redirectErrorStream(true)
                .redirectOutput(WORK.resolve("generator.log").toFile())
                .start();
        assertThat(generator.waitFor(2, TimeUnit.MINUTES))
                .as("the generator ends")
                .isTrue();
        assertThat(generator.exitValue())
                .as(() -> "the generator's end, having said " + read(WORK.resolve("generator.log")))
                .isZero();
        return sources.resolve("src/main/java");
    }

    private static URLClassLoader compiled(Path generated) throws Exception {
        Path classes = WORK.resolve("classes");
        if (Files.exists(classes)) {
            try (Stream<Path> old = Files.walk(classes)) {
                old.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
        Files.createDirectories(classes);
        List<String> words =
                new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", classPath()));
        try (Stream<Path> sources = Files.walk(generated)) {
            sources.filter(path -> path.toString().endsWith(".java"))
                    .map(Path::toString)
                    .forEach(words::add);
        }
        words.add("src/test/resources/client/Journey.java");
        Path said = WORK.resolve("compiler.log");
        try (var out = Files.newOutputStream(said)) {
            int code = ToolProvider.getSystemJavaCompiler().run(null, out, out, words.toArray(String[]::new));
            assertThat(code)
                    .as(() -> "the compiler's end, having said " + read(said))
                    .isZero();
        }
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, GeneratedClientTest.class.getClassLoader());
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Every answer's example is read by the generated model, which takes no field that it does not know. */
    private void examplesFit(ClassLoader client, JsonNode document) throws Exception {
        Set<String> without = new HashSet<>();
        int read = 0;
        ObjectMapper strict =
                new ObjectMapper().findAndRegisterModules().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        for (var path : document.get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                String id = operation.getValue().path("operationId").asText();
                for (var answer : operation.getValue().path("responses").properties()) {
                    JsonNode json = answer.getValue().at("/content/application~1json");
                    if (!answer.getKey().startsWith("2") || json.isMissingNode()) {
                        continue;
                    }
                    JsonNode example = json.at("/examples/usual/value");
                    if (example.isMissingNode() || json.path("schema").isEmpty()) {
                        without.add(id);
                    } else {
                        strict.readValue(example.toString(), type(client, document, json.get("schema")));
                        read++;
                    }
                }
            }
        }
        assertThat(without)
                .as("operations whose answer has no schema, or no example in api-examples.json")
                .isEmpty();
        assertThat(read).isGreaterThan(45);
    }

    private static JavaType type(ClassLoader client, JsonNode document, JsonNode schema) throws Exception {
        var types = com.fasterxml.jackson.databind.type.TypeFactory.defaultInstance();
        JsonNode some = schema.has("anyOf") ? schema.get("anyOf").get(0) : schema;
        if (some.has("$ref")) {
            String name = some.get("$ref").asText().replaceAll(".*/", "");
            return types.constructType(client.loadClass("client.model." + name));
        }
        if (some.has("items")) {
            return types.constructCollectionType(List.class, type(client, document, some.get("items")));
        }
        if (some.path("additionalProperties").isObject()) {
            return types.constructMapType(
                    Map.class,
                    types.constructType(String.class),
                    type(client, document, some.get("additionalProperties")));
        }
        return types.constructType(Object.class);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
