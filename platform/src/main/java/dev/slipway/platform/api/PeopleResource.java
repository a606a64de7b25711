package dev.slipway.platform.api;

import dev.slipway.platform.command.PeopleCommands;
import dev.slipway.platform.command.PeopleCommands.PersonFacts;
import dev.slipway.platform.command.PeopleCommands.WithPassword;
import dev.slipway.tenancy.identity.PersonName;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
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

/** The people of the installation. */
@Path("/api/v1/people")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "people")
public class PeopleResource {
    private final Caller caller;
    private final JsonBody json;
    private final PeopleCommands people;

    PeopleResource(Caller caller, JsonBody json, PeopleCommands people) {
        this.caller = caller;
        this.json = json;
        this.people = people;
    }

    /** Body that creates a person. */
    @Schema(name = "PersonWanted")
    public record PersonWanted(
            @Nullable String name, @Nullable Boolean operator) {}

    /** Body that changes a person; what is not said stays. */
    @Schema(name = "PersonChange")
    public record PersonChange(
            @Nullable Boolean disabled, @Nullable Boolean operator) {}

    /** Lists. */
    @GET
    @Operation(operationId = "listPeople", summary = "Everybody who has an account (operators)")
    public List<PersonFacts> list() {
        return people.list(caller.principal());
    }

    /** Creates. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(
            operationId = "createPerson",
            summary = "Create a person with a password, which is shown this once (operators)")
    public WithPassword create(
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = PersonWanted.class),
                                            examples = @ExampleObject(name = "usual", value = "{\"name\":\"ada\"}")))
                    InputStream body) {
        caller.principal();
        PersonWanted wanted = json.read(body, PersonWanted.class);
        return people.create(
                caller.principal(),
                Field.parse("name", wanted.name(), PersonName::parse),
                Boolean.TRUE.equals(wanted.operator()));
    }

    /** Changes. */
    @PATCH
    @Path("{person}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "changePerson",
            summary = "Disable a person, or make one an operator, or the contrary (operators)")
    public PersonFacts change(
            @PathParam("person") String person,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = PersonChange.class),
                                            examples = @ExampleObject(name = "usual", value = "{\"disabled\":true}")))
                    InputStream body) {
        caller.principal();
        PersonChange change = json.read(body, PersonChange.class);
        return people.change(
                caller.principal(),
                Field.parse("person", person, PersonName::parse),
                Optional.ofNullable(change.disabled()),
                Optional.ofNullable(change.operator()));
    }

    /** Renews a password. */
    @POST
    @Path("{person}/password")
    @Operation(
            operationId = "renewPassword",
            summary = "Give a person another password, which is shown this once (operators)")
    public WithPassword renew(@PathParam("person") String person) {
        return people.renew(caller.principal(), Field.parse("person", person, PersonName::parse));
    }
}
