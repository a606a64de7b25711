package dev.slipway.platform.api.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.platform.issuer.Provider;
import dev.slipway.platform.scim.ScimDirectory;
import dev.slipway.platform.scim.ScimDirectory.Kind;
import dev.slipway.platform.scim.ScimException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** SCIM 2.0 for one identity provider each: {@code /scim/v2/NAME/Users} and {@code /Groups} (RFC 7644). */
@Path("/scim/v2/{provider}")
@Produces(ScimResource.SCIM_JSON)
@Consumes({ScimResource.SCIM_JSON, MediaType.APPLICATION_JSON})
public class ScimResource {
    static final String SCIM_JSON = "application/scim+json";

    private static final Logger LOG = Logger.getLogger(ScimResource.class);
    private static final String MESSAGES = "urn:ietf:params:scim:api:messages:2.0:";
    private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:";
    private static final int MOST_BYTES = 1 << 20;
    private static final int USUAL_PAGE = 100;

    private final ScimCaller caller;
    private final ScimDirectory directory;
    private final ObjectMapper json;

    ScimResource(ScimCaller caller, ScimDirectory directory, ObjectMapper json) {
        this.caller = caller;
        this.directory = directory;
        this.json = json;
    }

    /** What is understood of the standard. */
    @GET
    @Path("ServiceProviderConfig")
    @Operation(hidden = true)
    public Response config(@PathParam("provider") String name) {
        return answer(name, provider -> {
            ObjectNode config = json.createObjectNode();
            config.putArray("schemas").add(CORE + "ServiceProviderConfig");
            config.putObject("patch").put("supported", true);
            config.putObject("bulk")
                    .put("supported", false)
                    .put("maxOperations", 0)
                    .put("maxPayloadSize", 0);
            config.putObject("filter").put("supported", true).put("maxResults", ScimDirectory.MOST);
            for (String none : new String[] {"changePassword", "sort", "etag"}) {
                config.putObject(none).put("supported", false);
            }
            config.putArray("authenticationSchemes")
                    .addObject()
                    .put("type", "oauthbearertoken")
                    .put("name", "Bearer token")
                    .put("description", "The token of the provider's settings here");
            return Response.ok(config);
        });
    }

    /** The kinds of resources. */
    @GET
    @Path("ResourceTypes")
    @Operation(hidden = true)
    public Response types(@PathParam("provider") String name) {
        return answer(
                name,
                provider -> Response.ok(list(
                        Kind.values().length,
                        1,
                        Arrays.stream(Kind.values())
                                .map(kind -> {
                                    ObjectNode type = json.createObjectNode();
                                    type.putArray("schemas").add(CORE + "ResourceType");
                                    return type.put("id", kind.title())
                                            .put("name", kind.title())
                                            .put("endpoint", "/" + kind.path())
                                            .put("schema", kind.schema());
                                })
                                .toList())));
    }

    /** Lists. */
    @GET
    @Path("{kind:Users|Groups}")
    @Operation(hidden = true)
    public Response list(
            @PathParam("provider") String name,
            @PathParam("kind") String kind,
            @QueryParam("filter") @Nullable String filter,
            @QueryParam("startIndex") @Nullable String start,
            @QueryParam("count") @Nullable String count) {
        return answer(name, provider -> {
            int begin = Math.max(1, number("startIndex", start, 1));
            ScimDirectory.Listed listed = directory.list(
                    provider, kind(kind), Optional.ofNullable(filter), begin, number("count", count, USUAL_PAGE));
            listed.resources().forEach(resource -> located(resource, name, kind));
            return Response.ok(list(listed.total(), begin, listed.resources()));
        });
    }

    /** Shows. */
    @GET
    @Path("{kind:Users|Groups}/{id}")
    @Operation(hidden = true)
    public Response get(
            @PathParam("provider") String name, @PathParam("kind") String kind, @PathParam("id") String id) {
        return answer(name, provider -> Response.ok(located(directory.get(provider, kind(kind), id), name, kind)));
    }

    /** Creates. */
    @POST
    @Path("{kind:Users|Groups}")
    @Operation(hidden = true)
    public Response create(@PathParam("provider") String name, @PathParam("kind") String kind, InputStream body) {
        return answer(name, provider -> {
            ObjectNode made = located(directory.create(provider, kind(kind), read(body)), name, kind);
            return Response.status(Response.Status.CREATED)
                    .header("Location", made.at("/meta/location").asText())
                    .entity(made);
        });
    }

    /** Replaces. */
    @PUT
    @Path("{kind:Users|Groups}/{id}")
    @Operation(hidden = true)
    public Response replace(
            @PathParam("provider") String name,
            @PathParam("kind") String kind,
            @PathParam("id") String id,
            InputStream body) {
        return answer(
                name,
                provider -> Response.ok(located(directory.replace(provider, kind(kind), id, read(body)), name, kind)));
    }

    /** Changes. */
    @PATCH
    @Path("{kind:Users|Groups}/{id}")
    @Operation(hidden = true)
    public Response patch(
            @PathParam("provider") String name,
            @PathParam("kind") String kind,
            @PathParam("id") String id,
            InputStream body) {
        return answer(
                name,
                provider -> Response.ok(located(directory.patch(provider, kind(kind), id, read(body)), name, kind)));
    }

    /** Removes. */
    @DELETE
    @Path("{kind:Users|Groups}/{id}")
    @Operation(hidden = true)
    public Response remove(
            @PathParam("provider") String name, @PathParam("kind") String kind, @PathParam("id") String id) {
        return answer(name, provider -> {
            directory.remove(provider, kind(kind), id);
            return Response.noContent();
        });
    }

    private Response answer(String name, Function<Provider, Response.ResponseBuilder> work) {
        try {
            return work.apply(caller.provider(name)).type(SCIM_JSON).build();
        } catch (ScimException e) {
            return refusal(e.status(), e.type(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            UUID incident = UUID.randomUUID();
            LOG.errorf(e, "provisioning failed provider=%s incident=%s", name, incident);
            return refusal(500, "", "Through no fault of yours. Tell an operator: incident " + incident + ".");
        }
    }

    /** RFC 7644, 3.12. */
    private Response refusal(int status, String type, String detail) {
        ObjectNode error = json.createObjectNode();
        error.putArray("schemas").add(MESSAGES + "Error");
        error.put("status", Integer.toString(status));
        if (!type.isEmpty()) {
            error.put("scimType", type);
        }
        error.put("detail", detail);
        Response.ResponseBuilder answer =
                Response.status(status).type(SCIM_JSON).entity(error);
        return status == 401
                ? answer.header("WWW-Authenticate", "Bearer realm=\"slipway-scim\"")
                        .build()
                : answer.build();
    }

    private ObjectNode list(long total, int begin, Iterable<ObjectNode> resources) {
        ObjectNode list = json.createObjectNode();
        list.putArray("schemas").add(MESSAGES + "ListResponse");
        list.put("totalResults", total).put("startIndex", begin);
        var all = list.putArray("Resources");
        resources.forEach(all::add);
        return list.put("itemsPerPage", all.size());
    }

    private static ObjectNode located(ObjectNode resource, String provider, String kind) {
        ((ObjectNode) resource.get("meta"))
                .put(
                        "location",
                        "/scim/v2/" + provider + "/" + kind + "/"
                                + resource.get("id").asText());
        return resource;
    }

    private static Kind kind(String path) {
        return path.equals(Kind.USER.path()) ? Kind.USER : Kind.GROUP;
    }

    private static int number(String field, @Nullable String text, int usual) {
        if (text == null) {
            return usual;
        }
        if (!text.matches("-?[0-9]{1,9}")) {
            throw ScimException.value(field + " is a whole number.");
        }
        return Integer.parseInt(text);
    }

    private JsonNode read(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw ScimException.syntax("A body has at most " + (MOST_BYTES >> 20) + " MB here.");
            }
            return json.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw ScimException.syntax("The body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw ScimException.syntax("The body could not be read.");
        }
    }
}
