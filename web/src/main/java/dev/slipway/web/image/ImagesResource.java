package dev.slipway.web.image;

import dev.slipway.platform.command.RegistryCommands;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.web.app.AppHeads;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.Visitor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** The images of an app. */
@Path("/t/{tenant}/apps/{app}/images")
@WebPage
public class ImagesResource {
    private final Visitor visitor;
    private final AppHeads heads;
    private final RegistryCommands registry;
    private final Pages pages;

    ImagesResource(Visitor visitor, AppHeads heads, RegistryCommands registry, Pages pages) {
        this.visitor = visitor;
        this.heads = heads;
        this.registry = registry;
        this.pages = pages;
    }

    /** Lists them. */
    @GET
    public Response list(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        AppRef ref = AppHeads.ref(tenant, app);
        return pages.show(new ImagesPage(heads.of(ref, "images"), registry.images(visitor.signedIn(), ref)));
    }
}
