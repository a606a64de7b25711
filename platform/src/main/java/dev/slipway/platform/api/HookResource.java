package dev.slipway.platform.api;

import dev.slipway.platform.source.SourceHooks;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.InvalidNameException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Where code hosts tell of pushes. Each shows by the app's secret that it is genuine; there is no other token. */
@Path("/hooks/{app}")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@WithoutToken
public class HookResource {
    private static final int MOST_BYTES = 8 << 20;

    private final SourceHooks hooks;

    HookResource(SourceHooks hooks) {
        this.hooks = hooks;
    }

    /** Takes what is told. */
    @POST
    @Operation(hidden = true)
    public Response told(@PathParam("app") String app, @Context HttpHeaders headers, InputStream body)
            throws IOException {
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new ProblemException(ProblemCode.TOO_LARGE, "A body has at most " + (MOST_BYTES >> 20) + " MB here.");
        }
        return switch (hooks.take(id(app), name -> Optional.ofNullable(headers.getHeaderString(name)), bytes)) {
            case SourceHooks.Answer.Taken taken -> said(202, taken.sentence());
            case SourceHooks.Answer.Ignored ignored -> said(200, ignored.sentence());
            case SourceHooks.Answer.Repeated repeated ->
                throw new ProblemException(ProblemCode.NOT_POSSIBLE, repeated.sentence());
            case SourceHooks.Answer.Refused refused ->
                throw new ProblemException(ProblemCode.UNAUTHENTICATED, refused.sentence());
        };
    }

    private static Response said(int status, String sentence) {
        return Response.status(status).entity(Map.of("message", sentence)).build();
    }

    /** What is no id is an app that nobody has. */
    private static AppId id(String text) {
        try {
            return AppId.parse(text);
        } catch (InvalidNameException e) {
            return AppId.random();
        }
    }
}
