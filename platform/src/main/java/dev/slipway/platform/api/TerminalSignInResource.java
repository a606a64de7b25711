package dev.slipway.platform.api;

import dev.slipway.platform.issuer.CompanyDoor;
import dev.slipway.platform.issuer.DeviceFlow;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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
import org.jspecify.annotations.Nullable;

/** Signing a terminal in through a company's identity provider, without a password or a token typed there. */
@Path("/api/v1/sign-in")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@WithoutToken
@Tag(name = "sign-in")
public class TerminalSignInResource {
    private final CompanyDoor door;
    private final DeviceFlow flow;
    private final JsonBody json;

    TerminalSignInResource(CompanyDoor door, DeviceFlow flow, JsonBody json) {
        this.door = door;
        this.flow = flow;
        this.json = json;
    }

    /** An identity provider. */
    @Schema(name = "SignInWay")
    public record SignInWay(String name, String title) {}

    /** Body that asks how far a sign-in is. */
    @Schema(name = "DeviceCode")
    public record DeviceCode(@Nullable String deviceCode) {}

    /**
     * How far it is.
     *
     * @param state {@code waiting}, {@code too-fast}, {@code over} or {@code done}
     * @param bearer for the API when it is done; {@code POST /me/tokens} makes a longer-lived one of it
     * @param expiresIn seconds
     * @param reason why it is over
     */
    @Schema(name = "SignInProgress")
    public record SignInProgress(
            String state, Optional<String> bearer, Optional<Long> expiresIn, Optional<String> reason) {
        @Override
        public String toString() {
            return "SignInProgress[" + state + "]";
        }
    }

    /** Lists. */
    @GET
    @Operation(operationId = "listSignInWays", summary = "The identity providers to sign in with; no token is needed")
    public List<SignInWay> ways() {
        return door.ways().stream()
                .map(way -> new SignInWay(way.name(), way.title()))
                .toList();
    }

    /** Begins. */
    @POST
    @Path("{issuer}/device")
    @Operation(operationId = "beginSignIn", summary = "Begin to sign a terminal in; no token is needed")
    public DeviceFlow.Begun begin(@PathParam("issuer") String issuer) throws InterruptedException {
        return flow.begin(issuer);
    }

    /** Asks. */
    @POST
    @Path("{issuer}/device/token")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "askSignIn", summary = "Ask whether the sign-in of a terminal was confirmed")
    public SignInProgress ask(
            @PathParam("issuer") String issuer,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = DeviceCode.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "usual",
                                                            value =
                                                                    "{\"deviceCode\":\"GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS\"}")))
                    InputStream body)
            throws InterruptedException {
        String code = JsonBody.required(
                "deviceCode", json.read(body, DeviceCode.class).deviceCode());
        return switch (flow.ask(issuer, code)) {
            case DeviceFlow.Progress.Waiting waiting -> state("waiting");
            case DeviceFlow.Progress.TooFast fast -> state("too-fast");
            case DeviceFlow.Progress.Over over ->
                new SignInProgress("over", Optional.empty(), Optional.empty(), Optional.of(over.why()));
            case DeviceFlow.Progress.Done done ->
                new SignInProgress("done", Optional.of(done.bearer()), Optional.of(done.expiresIn()), Optional.empty());
        };
    }

    private static SignInProgress state(String state) {
        return new SignInProgress(state, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
