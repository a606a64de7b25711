package dev.slipway.platform.api;

import dev.slipway.platform.command.RoleCommands;
import dev.slipway.platform.command.RoleCommands.GrantFacts;
import dev.slipway.platform.command.RoleCommands.RoleFacts;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.identity.PersonName;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Roles of a tenant's own, and roles on single apps. */
@Path("/api/v1/tenants/{tenant}")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "roles")
public class RolesResource {
    private final Caller caller;
    private final JsonBody json;
    private final RoleCommands roles;

    RolesResource(Caller caller, JsonBody json, RoleCommands roles) {
        this.caller = caller;
        this.json = json;
        this.roles = roles;
    }

    /** Body that defines a role. */
    @Schema(name = "OwnRoleWanted")
    public record OwnRoleWanted(@Nullable List<String> permissions) {}

    /** Body that gives a role. */
    @Schema(name = "GrantWanted")
    public record GrantWanted(@Nullable String role) {}

    /** Lists roles. */
    @GET
    @Path("roles")
    @Operation(operationId = "listRoles", summary = "The roles there are in a tenant, with what each may do")
    public List<RoleFacts> list(@PathParam("tenant") String tenant) {
        return roles.roles(caller.principal(), Field.tenant(tenant));
    }

    /** Defines a role. */
    @PUT
    @Path("roles/{role}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "defineRole",
            summary = "Define a role of the tenant's own, or change it for all who hold it")
    public void define(
            @PathParam("tenant") String tenant,
            @PathParam("role") String role,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = OwnRoleWanted.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "usual",
                                                            value =
                                                                    "{\"permissions\":[\"app-view\",\"app-logs\",\"tenant-audit\"]}")))
                    InputStream body) {
        caller.principal();
        List<Permission> wanted =
                JsonBody.required(
                                "permissions",
                                json.read(body, OwnRoleWanted.class).permissions())
                        .stream()
                        .map(name -> Field.parse("permissions", name, Permission::parse))
                        .toList();
        roles.define(caller.principal(), Field.tenant(tenant), role, wanted);
    }

    /** Removes a role. */
    @DELETE
    @Path("roles/{role}")
    @Operation(operationId = "removeRole", summary = "Remove a role of the tenant's own that nobody holds")
    public void remove(@PathParam("tenant") String tenant, @PathParam("role") String role) {
        roles.remove(caller.principal(), Field.tenant(tenant), role);
    }

    /** Lists who holds roles. */
    @GET
    @Path("grants")
    @Operation(
            operationId = "listGrants",
            summary = "Who holds a role beside a membership, in the tenant or on one app")
    public List<GrantFacts> grants(@PathParam("tenant") String tenant) {
        return roles.grants(caller.principal(), Field.tenant(tenant));
    }

    /** Gives a role. */
    @PUT
    @Path("grants/{person}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putGrant", summary = "Give a person a role of the tenant's own")
    public void give(
            @PathParam("tenant") String tenant,
            @PathParam("person") String person,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = GrantWanted.class),
                                            examples =
                                                    @ExampleObject(name = "usual", value = "{\"role\":\"auditor\"}")))
                    InputStream body) {
        caller.principal();
        String role =
                JsonBody.required("role", json.read(body, GrantWanted.class).role());
        roles.give(caller.principal(), Field.tenant(tenant), Field.parse("person", person, PersonName::parse), role);
    }

    /** Takes a role. */
    @DELETE
    @Path("grants/{person}")
    @Operation(operationId = "removeGrant", summary = "Take the role of the tenant's own from a person")
    public void take(@PathParam("tenant") String tenant, @PathParam("person") String person) {
        roles.take(caller.principal(), Field.tenant(tenant), Field.parse("person", person, PersonName::parse));
    }

    /** Gives a role on an app. */
    @PUT
    @Path("apps/{app}/grants/{person}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putAppGrant",
            summary = "Let a person in to one app: as developer, viewer, or in a role of the tenant's own")
    public void giveOnApp(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @PathParam("person") String person,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = GrantWanted.class),
                                            examples =
                                                    @ExampleObject(name = "usual", value = "{\"role\":\"developer\"}")))
                    InputStream body) {
        caller.principal();
        String role =
                JsonBody.required("role", json.read(body, GrantWanted.class).role());
        roles.give(caller.principal(), Field.app(tenant, app), Field.parse("person", person, PersonName::parse), role);
    }

    /** Takes a role on an app. */
    @DELETE
    @Path("apps/{app}/grants/{person}")
    @Operation(operationId = "removeAppGrant", summary = "Take the role on one app from a person")
    public void takeOnApp(
            @PathParam("tenant") String tenant, @PathParam("app") String app, @PathParam("person") String person) {
        roles.take(caller.principal(), Field.app(tenant, app), Field.parse("person", person, PersonName::parse));
    }
}
