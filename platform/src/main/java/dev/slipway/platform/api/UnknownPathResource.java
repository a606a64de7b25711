package dev.slipway.platform.api;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Everything under {@code /api/} that nothing else takes. */
@Path("/api/{rest:.*}")
@AnswersProblems
public class UnknownPathResource {
    /** Refuses. */
    @GET
    @POST
    @PUT
    @PATCH
    @DELETE
    @Operation(hidden = true)
    public void refuse() {
        throw new ProblemException(ProblemCode.UNKNOWN_NAME, "There is no such path; /q/openapi lists them.");
    }
}
