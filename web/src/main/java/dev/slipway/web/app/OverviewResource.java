package dev.slipway.web.app;

import dev.slipway.platform.command.BuildCommands;
import dev.slipway.platform.command.DeploymentCommands;
import dev.slipway.platform.command.DomainCommands;
import dev.slipway.platform.command.PageRequest;
import dev.slipway.platform.command.ProcessCommands;
import dev.slipway.tenancy.access.Principal;
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
    private static final PageRequest LAST_FEW = PageRequest.newest(5);

    private final Visitor visitor;
    private final AppHeads heads;
    private final ProcessCommands processes;
    private final DomainCommands domains;
    private final BuildCommands builds;
    private final DeploymentCommands deployments;
    private final GitAddress git;
    private final Pages pages;

    OverviewResource(
            Visitor visitor,
            AppHeads heads,
            ProcessCommands processes,
            DomainCommands domains,
            BuildCommands builds,
            DeploymentCommands deployments,
            GitAddress git,
            Pages pages) {
        this.visitor = visitor;
        this.heads = heads;
        this.processes = processes;
        this.domains = domains;
        this.builds = builds;
        this.deployments = deployments;
        this.git = git;
        this.pages = pages;
    }

    /** Shows it. */
    @GET
    public Response show(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        AppRef ref = AppHeads.ref(tenant, app);
        Principal.Person person = visitor.signedIn();
        return pages.show(new OverviewPage(
                heads.of(ref, "overview"),
                SiteGroup.of(processes.list(person, ref)),
                domains.list(person, ref),
                builds.list(person, ref, LAST_FEW).items(),
                deployments.list(person, ref, LAST_FEW).items(),
                git.overSsh(ref),
                git.overHttp(ref)));
    }
}
