package dev.slipway.platform.api;

import dev.slipway.platform.command.AccountCommands;
import dev.slipway.platform.command.AccountCommands.Identity;
import dev.slipway.platform.command.AccountCommands.KeyFacts;
import dev.slipway.platform.command.AccountCommands.NewToken;
import dev.slipway.platform.command.AccountCommands.TokenFacts;
import dev.slipway.tenancy.identity.TokenId;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.time.Duration;
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

/** Who asks: identity, ssh keys and tokens. */
@Path("/api/v1/me")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "me")
public class MeResource {
    private final Caller caller;
    private final JsonBody json;
    private final AccountCommands accounts;

    MeResource(Caller caller, JsonBody json, AccountCommands accounts) {
        this.caller = caller;
        this.json = json;
        this.accounts = accounts;
    }

    /** Body that adds a key. */
    @Schema(name = "KeyWanted")
    public record KeyWanted(@Nullable String key) {}

    /** Shows. */
    @GET
    @Operation(operationId = "whoAmI", summary = "Who you are")
    public Identity me() {
        return accounts.whoAmI(caller.principal());
    }

    /** Lists keys. */
    @GET
    @Path("keys")
    @Operation(operationId = "listKeys", summary = "Your ssh keys")
    public List<KeyFacts> keys() {
        return accounts.keys(caller.principal());
    }

    /** Adds a key. */
    @POST
    @Path("keys")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(operationId = "addKey", summary = "Add an ssh key")
    public KeyFacts addKey(
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = KeyWanted.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "usual",
                                                            value = "{\"key\":\"ssh-ed25519 AAAAC3Nza… ada@laptop\"}")))
                    InputStream body) {
        caller.principal();
        String line = JsonBody.required("key", json.read(body, KeyWanted.class).key());
        return accounts.addKey(caller.principal(), line);
    }

    /** Removes a key. */
    @DELETE
    @Path("keys/{key}")
    @Operation(operationId = "removeKey", summary = "Remove one of your ssh keys")
    public void removeKey(@PathParam("key") String key) {
        accounts.removeKey(caller.principal(), key);
    }

    /** Lists tokens. */
    @GET
    @Path("tokens")
    @Operation(operationId = "listTokens", summary = "Your tokens")
    public List<TokenFacts> tokens() {
        return accounts.tokens(caller.principal());
    }

    /** Creates a token. */
    @POST
    @Path("tokens")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(operationId = "createToken", summary = "Create a token for yourself; its text is in this answer only")
    public NewToken createToken(
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
                                                                    "{\"name\":\"laptop\",\"scopes\":[\"read\"],\"days\":30}")))
                    InputStream body) {
        caller.principal();
        TokenWanted wanted = json.read(body, TokenWanted.class);
        return accounts.createToken(
                caller.principal(), JsonBody.required("name", wanted.name()), wanted.parsedScopes(), wanted.life());
    }

    /** Revokes a token. */
    @DELETE
    @Path("tokens/{id}")
    @Operation(operationId = "revokeToken", summary = "Revoke a token, yours or one you may revoke")
    public void revokeToken(@PathParam("id") String id) {
        accounts.revokeToken(caller.principal(), Field.parse("id", id, TokenId::parse));
    }

    /** Body that rotates a token; the old one is good for an hour more if not said otherwise. */
    @Schema(name = "RotationWanted")
    public record RotationWanted(@Nullable Long overlapMinutes) {}

    /** Rotates a token. */
    @POST
    @Path("tokens/{id}/rotation")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(
            operationId = "rotateToken",
            summary =
                    "Put a new token in the place of one, yours, a robot's you look after, or the one you come with; the old"
                            + " one stays good for a while")
    public NewToken rotateToken(
            @PathParam("id") String id,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = RotationWanted.class),
                                            examples =
                                                    @ExampleObject(name = "usual", value = "{\"overlapMinutes\":60}")))
                    InputStream body) {
        caller.principal();
        long minutes = Optional.ofNullable(json.read(body, RotationWanted.class).overlapMinutes())
                .orElse(60L);
        if (minutes < 0 || minutes > 100_000) {
            throw new ProblemException(
                    ProblemCode.INVALID_FIELD, "The old token stays good for 0 minutes to 7 days.", "overlapMinutes");
        }
        return accounts.rotateToken(
                caller.principal(), Field.parse("id", id, TokenId::parse), Duration.ofMinutes(minutes));
    }
}
