package dev.slipway.web.app;

import dev.slipway.platform.command.OverviewCommands;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.Visitor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** The overview of an app. */
@Path("/t/{tenant}/apps/{app}")
@WebPage
public class OverviewResource {
    private static final int LAST_FEW = 5;

    private final Visitor visitor;
    private final AppHeads heads;
    private final OverviewCommands overview;
    private final GitAddress git;
    private final Pages pages;

    OverviewResource(Visitor visitor, AppHeads heads, OverviewCommands overview, GitAddress git, Pages pages) {
        this.visitor = visitor;
        this.heads = heads;
        this.overview = overview;
        this.git = git;
        this.pages = pages;
    }

    /** Shows it. */
    @GET
    public Response show(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        AppRef ref = AppHeads.ref(tenant, app);
        OverviewCommands.Overview all = overview.of(visitor.signedIn(), ref, LAST_FEW);
        return pages.show(new OverviewPage(
                heads.of(ref, all.app(), "overview"),
                SiteGroup.of(all.processes()),
                all.domains(),
                all.builds(),
                all.deployments(),
                git.overSsh(ref),
                git.overHttp(ref)));
    }
}
