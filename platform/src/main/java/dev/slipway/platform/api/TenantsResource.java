package dev.slipway.platform.api;

import dev.slipway.platform.command.AccountCommands;
import dev.slipway.platform.command.AccountCommands.NewToken;
import dev.slipway.platform.command.AccountCommands.TokenFacts;
import dev.slipway.platform.command.Page;
import dev.slipway.platform.command.TenantCommands;
import dev.slipway.platform.command.TenantCommands.MemberFacts;
import dev.slipway.platform.command.TenantCommands.QuotaFacts;
import dev.slipway.platform.command.TenantCommands.TenantFacts;
import dev.slipway.tenancy.access.Reach;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.audit.AuditRecord;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.quota.QuotaResource;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Tenants with their members, quotas, audit and robots. */
@Path("/api/v1/tenants")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "tenants")
public class TenantsResource {
    private final Caller caller;
    private final JsonBody json;
    private final TenantCommands tenants;
    private final AccountCommands accounts;

    TenantsResource(Caller caller, JsonBody json, TenantCommands tenants, AccountCommands accounts) {
        this.caller = caller;
        this.json = json;
        this.tenants = tenants;
        this.accounts = accounts;
    }

    /** Body that creates a tenant. */
    @Schema(name = "TenantWanted")
    public record TenantWanted(@Nullable String name) {}

    /** Body that gives a person a role. */
    @Schema(name = "RoleWanted")
    public record RoleWanted(@Nullable String role) {}

    /** Body that gives a tenant a limit of its own; without one the default holds again. */
    @Schema(name = "LimitWanted")
    public record LimitWanted(@Nullable Long limit) {}

    /** Lists. */
    @GET
    @Operation(operationId = "listTenants", summary = "The tenants you may see")
    public List<TenantFacts> list() {
        return tenants.list(caller.principal());
    }

    /** Creates. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(operationId = "createTenant", summary = "Create a tenant (operators)")
    public TenantFacts create(
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = TenantWanted.class),
                                            examples = @ExampleObject(name = "usual", value = "{\"name\":\"acme\"}")))
                    InputStream body) {
        caller.principal();
        TenantName name =
                Field.parse("name", json.read(body, TenantWanted.class).name(), TenantName::parse);
        return tenants.create(caller.principal(), name);
    }

    /** Lists members. */
    @GET
    @Path("{tenant}/members")
    @Operation(operationId = "listMembers", summary = "Who is in a tenant")
    public List<MemberFacts> members(@PathParam("tenant") String tenant) {
        return tenants.members(caller.principal(), Field.tenant(tenant));
    }

    /** Adds a member or changes its role. */
    @PUT
    @Path("{tenant}/members/{person}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putMember", summary = "Make a person a member, or give a member another role")
    public void putMember(
            @PathParam("tenant") String tenant,
            @PathParam("person") String person,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = RoleWanted.class),
                                            examples =
                                                    @ExampleObject(name = "usual", value = "{\"role\":\"developer\"}")))
                    InputStream body) {
        caller.principal();
        Role role = Field.parse("role", json.read(body, RoleWanted.class).role(), Role::parse);
        tenants.addMember(
                caller.principal(), Field.tenant(tenant), Field.parse("person", person, PersonName::parse), role);
    }

    /** Ends a membership. */
    @DELETE
    @Path("{tenant}/members/{person}")
    @Operation(operationId = "removeMember", summary = "End a membership")
    public void removeMember(@PathParam("tenant") String tenant, @PathParam("person") String person) {
        tenants.removeMember(
                caller.principal(), Field.tenant(tenant), Field.parse("person", person, PersonName::parse));
    }

    /** Lists quotas. */
    @GET
    @Path("{tenant}/quotas")
    @Operation(operationId = "listQuotas", summary = "What a tenant uses of what it may")
    public List<QuotaFacts> quotas(@PathParam("tenant") String tenant) {
        return tenants.quotas(caller.principal(), Field.tenant(tenant));
    }

    /** Changes a quota. */
    @PUT
    @Path("{tenant}/quotas/{resource}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "setQuota", summary = "Change what a tenant may use (operators)")
    public void setQuota(
            @PathParam("tenant") String tenant,
            @PathParam("resource") String resource,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = LimitWanted.class),
                                            examples = @ExampleObject(name = "usual", value = "{\"limit\":200}")))
                    InputStream body) {
        caller.principal();
        QuotaResource which = Field.parse("resource", resource, QuotaResource::parse);
        Optional<Long> limit =
                Optional.ofNullable(json.read(body, LimitWanted.class).limit());
        tenants.setQuota(caller.principal(), Field.tenant(tenant), which, limit);
    }

    /** Pages through the audit. */
    @GET
    @Path("{tenant}/audit")
    @Operation(operationId = "listAudit", summary = "What was done in a tenant, newest first")
    public Page<AuditRecord> audit(
            @PathParam("tenant") String tenant,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        return tenants.audit(caller.principal(), Field.tenant(tenant), Optional.ofNullable(cursor), Field.limit(limit));
    }

    /** Lists the robots' tokens. */
    @GET
    @Path("{tenant}/tokens")
    @Operation(operationId = "listRobotTokens", summary = "The tokens of a tenant and its apps")
    public List<TokenFacts> robots(@PathParam("tenant") String tenant) {
        return accounts.robots(caller.principal(), Field.tenant(tenant));
    }

    /** Creates a robot's token. */
    @POST
    @Path("{tenant}/tokens")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(operationId = "createRobotToken", summary = "Create a token that belongs to a tenant or one of its apps")
    public NewToken createRobot(
            @PathParam("tenant") String tenant,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = TokenWanted.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "usual",
                                                            value =
                                                                    "{\"name\":\"ci\",\"scopes\":[\"deploy\"],\"app\":\"shop\",\"days\":90}")))
                    InputStream body) {
        caller.principal();
        TokenWanted wanted = json.read(body, TokenWanted.class);
        Reach reach =
                wanted.app() == null ? Reach.tenant(Field.tenant(tenant)) : Reach.app(Field.app(tenant, wanted.app()));
        return accounts.createRobot(
                caller.principal(),
                JsonBody.required("name", wanted.name()),
                wanted.parsedScopes(),
                reach,
                wanted.life());
    }
}
