package dev.slipway.platform.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;

/**
 * Says in the OpenAPI document what holds for all operations, so that no resource has to repeat it: the status and an
 * example of each answer, the problems, tags and conditions, keys of repeated requests, which need no token.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class CompleteDescription implements OASFilter {
    private static final String EXAMPLES = "api-examples.json";
    private static final String JSON = "application/json";

    private final Map<String, MethodInfo> methods = new HashMap<>();
    private final JsonNode examples;

    public CompleteDescription(IndexView index) {
        for (AnnotationInstance operation :
                index.getAnnotations(org.eclipse.microprofile.openapi.annotations.Operation.class)) {
            if (operation.target() instanceof MethodInfo method && operation.value("operationId") != null) {
                methods.put(operation.value("operationId").asString(), method);
            }
        }
        examples = examples();
    }

    static JsonNode examples() {
        try (InputStream file = CompleteDescription.class.getResourceAsStream(EXAMPLES)) {
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException("examples cannot be read: file=" + EXAMPLES, e);
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getPaths() == null || document.getPaths().getPathItems() == null) {
            return;
        }
        document.getPaths().getPathItems().forEach((path, item) -> {
            if (path.startsWith("/api/")) {
                item.getOperations().forEach((verb, operation) -> {
                    complete(verb, operation);
                    order(path, operation);
                });
            }
        });
    }

    private void complete(PathItem.HttpMethod verb, Operation operation) {
        MethodInfo method = methods.get(operation.getOperationId());
        if (method == null) {
            return;
        }
        APIResponse success = success(operation, method);
        example(operation.getOperationId(), success);
        if (method.declaringClass().hasAnnotation(DotName.createSimple(WithoutToken.class.getName()))) {
            operation.setSecurity(List.of());
        } else if (verb == PathItem.HttpMethod.POST) {
            operation.addParameter(header(
                    OnceInterceptor.KEY,
                    "The request is carried out once with this key, and its repetitions within a day get the same answer."
                            + " 1 to 255 visible ASCII characters; another request with it is refused.",
                    false));
        }
        if (verb == PathItem.HttpMethod.GET
                && success.getContent() != null
                && success.getContent().hasMediaType(JSON)) {
            tagged(operation, success);
        }
        AnnotationInstance conditional = method.annotation(DotName.createSimple(Conditional.class.getName()));
        if (conditional != null) {
            conditional(operation, conditional.value("required") != null);
        }
        operation.getResponses().setDefaultValue(problem("A problem"));
        anyNames(operation);
    }

    /** Parts of the path in its order, then the rest: generated clients take their arguments so. */
    private static void order(String path, Operation operation) {
        if (operation.getParameters() != null) {
            List<Parameter> ordered = new ArrayList<>(operation.getParameters());
            ordered.sort(Comparator.comparingInt(parameter -> parameter.getIn() == Parameter.In.PATH
                    ? path.indexOf("{" + parameter.getName() + "}")
                    : Integer.MAX_VALUE));
            operation.setParameters(ordered);
        }
    }

    /** The answer when all went well, under the status that the method says. */
    private static APIResponse success(Operation operation, MethodInfo method) {
        AnnotationInstance said =
                method.annotation(DotName.createSimple(org.jboss.resteasy.reactive.ResponseStatus.class.getName()));
        boolean silent = method.returnType().kind() == org.jboss.jandex.Type.Kind.VOID;
        String status = said != null ? String.valueOf(said.value().asInt()) : silent ? "204" : "200";
        Map<String, APIResponse> found = new LinkedHashMap<>();
        if (operation.getResponses() != null && operation.getResponses().getAPIResponses() != null) {
            found.putAll(operation.getResponses().getAPIResponses());
        }
        APIResponse success = found.entrySet().stream()
                .filter(answer -> answer.getKey().startsWith("2"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(OASFactory::createAPIResponse);
        success.setDescription(silent ? "Done" : "As asked");
        if (success.getContent() != null) {
            success.getContent().getMediaTypes().forEach((type, content) -> {
                if (!type.equals(JSON) && !isText(content.getSchema())) {
                    content.setSchema(text());
                }
            });
        }
        operation.setResponses(OASFactory.createAPIResponses().addAPIResponse(status, success));
        return success;
    }

    /** A body whose fields are names that the caller chooses. */
    private static void anyNames(Operation operation) {
        if (operation.getRequestBody() != null && operation.getRequestBody().getContent() != null) {
            operation.getRequestBody().getContent().getMediaTypes().values().forEach(content -> {
                Schema schema = content.getSchema();
                if (schema != null && schema.getRef() == null && schema.getProperties() == null && !isText(schema)) {
                    schema.setAdditionalPropertiesBoolean(true);
                }
            });
        }
    }

    private void example(@Nullable String id, APIResponse success) {
        JsonNode example = examples.get(id);
        if (example != null && success.getContent() != null) {
            MediaType json = success.getContent().getMediaType(JSON);
            if (json != null) {
                json.addExample("usual", OASFactory.createExample().value(plain(example)));
            }
        }
    }

    private static void tagged(Operation operation, APIResponse success) {
        success.addHeader(
                "ETag",
                OASFactory.createHeader().description("Stands for this content").schema(text()));
        operation.addParameter(header("If-None-Match", "An ETag you have; then 304 says that it still holds.", false));
        operation
                .getResponses()
                .addAPIResponse("304", OASFactory.createAPIResponse().description("You have it already"));
    }

    private static void conditional(Operation operation, boolean required) {
        operation.addParameter(header(
                "If-Match",
                "The ETag of what you saw: the change is made only if it still is that."
                        + (required ? " Needed to replace what is there." : ""),
                false));
        operation.addParameter(
                header("If-None-Match", "An asterisk: the change is made only if there is none.", false));
        operation.getResponses().addAPIResponse("412", problem("It is not what you saw; nothing was changed"));
        if (required) {
            operation.getResponses().addAPIResponse("428", problem("It is there: say what you saw"));
        }
    }

    private static Parameter header(String name, String description, boolean required) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.HEADER)
                .description(description)
                .required(required)
                .schema(text());
    }

    private static boolean isText(@Nullable Schema schema) {
        return schema != null && schema.getType() != null && schema.getType().contains(Schema.SchemaType.STRING);
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }

    private static APIResponse problem(String description) {
        Schema problem = OASFactory.createSchema().ref("#/components/schemas/Problem");
        return OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE, OASFactory.createMediaType().schema(problem)));
    }

    private static Object plain(JsonNode node) {
        return new ObjectMapper().convertValue(node, Object.class);
    }
}
