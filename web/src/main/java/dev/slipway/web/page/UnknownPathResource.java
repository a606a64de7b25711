package dev.slipway.web.page;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** Every path that nothing else takes. */
@Path("/{rest:.*}")
@WebPage
public class UnknownPathResource {
    private final Refusals refusals;

    UnknownPathResource(Refusals refusals) {
        this.refusals = refusals;
    }

    /** Says so. */
    @GET
    @ForEverybody
    public Response refuse() {
        return refusals.missing();
    }
}
