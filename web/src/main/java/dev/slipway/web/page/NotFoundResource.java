package dev.slipway.web.page;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** The page for what is not there. */
@Path(NotFoundResource.PATH)
@WebPage
public class NotFoundResource {
    static final String PATH = "/not-found";

    private final Refusals refusals;

    NotFoundResource(Refusals refusals) {
        this.refusals = refusals;
    }

    /** Says so. */
    @GET
    @ForEverybody
    public Response refuse() {
        return refusals.missing();
    }
}
