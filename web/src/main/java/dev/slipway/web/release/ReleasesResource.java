package dev.slipway.web.release;

import dev.slipway.platform.command.Page;
import dev.slipway.platform.command.PageRequest;
import dev.slipway.platform.command.ReleaseCommands;
import dev.slipway.platform.command.ReleaseFacts;
import dev.slipway.platform.command.Rolling;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.web.app.AppHeads;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.Visitor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The releases of an app. */
@Path("/t/{tenant}/apps/{app}/releases")
@WebPage
public class ReleasesResource {
    private static final int PER_PAGE = 30;

    private final Visitor visitor;
    private final AppHeads heads;
    private final ReleaseCommands releases;
    private final Pages pages;

    ReleasesResource(Visitor visitor, AppHeads heads, ReleaseCommands releases, Pages pages) {
        this.visitor = visitor;
        this.heads = heads;
        this.releases = releases;
        this.pages = pages;
    }

    /** Lists them. */
    @GET
    public Response list(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @QueryParam("after") @Nullable String after) {
        AppRef ref = AppHeads.ref(tenant, app);
        Page<ReleaseFacts> page =
                releases.list(visitor.signedIn(), ref, PageRequest.after(Optional.ofNullable(after), PER_PAGE));
        return pages.show(new ReleasesPage(heads.of(ref, "releases"), page.items(), page.next()));
    }

    /** One of them, beside the one before. */
    @GET
    @Path("v{number:\\d+}")
    public Response show(
            @PathParam("tenant") String tenant, @PathParam("app") String app, @PathParam("number") int number) {
        AppRef ref = AppHeads.ref(tenant, app);
        return pages.show(new ReleasePage(
                heads.of(ref, "releases"),
                releases.info(visitor.signedIn(), ref, number),
                releases.difference(visitor.signedIn(), ref, number)));
    }

    /** Goes back to one, as a new release. */
    @POST
    @Path("{number:\\d+}/rollback")
    public Response rollback(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @PathParam("number") int number,
            MultivaluedMap<String, String> fields) {
        AppRef ref = AppHeads.ref(tenant, app);
        return pages.change(AppHeads.path(ref, "/releases"), messages -> {
            Rolling begun = releases.rollback(visitor.signedIn(), ref, Optional.of(number));
            return messages.rollbackBegun(number, begun.release(), begun.deployment());
        });
    }
}
