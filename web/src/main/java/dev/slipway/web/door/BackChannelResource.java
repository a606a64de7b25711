package dev.slipway.web.door;

import dev.slipway.platform.issuer.BackChannel;
import dev.slipway.platform.issuer.IssuerUnavailableException;
import dev.slipway.tenancy.identity.UnknownNameException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Where a provider tells that a session has ended; its signed token is the proof, so no form token is needed. */
@Path("/sign-in/with/{issuer}/back-channel-logout")
public class BackChannelResource {
    private final BackChannel channel;

    BackChannelResource(BackChannel channel) {
        this.channel = channel;
    }

    /** Ends what the token says (OpenID Connect Back-Channel Logout 1.0, 2.8). */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response logout(@PathParam("issuer") String issuer, @FormParam("logout_token") @Nullable String token) {
        try {
            return token != null && channel.logout(issuer, token)
                    ? answer(200, "{}")
                    : answer(400, "{\"error\":\"invalid_request\"}");
        } catch (UnknownNameException e) {
            return answer(404, "{\"error\":\"invalid_request\"}");
        } catch (IssuerUnavailableException e) {
            return answer(503, "{\"error\":\"temporarily_unavailable\"}");
        }
    }

    private static Response answer(int status, String body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(body)
                .build();
    }
}
