package dev.slipway.platform.api;

import dev.slipway.platform.command.SiteCommands;
import dev.slipway.platform.command.SiteCommands.NodeFacts;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The machines of all sites. */
@Path("/api/v1/nodes")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "sites")
public class NodesResource {
    private final Caller caller;
    private final SiteCommands sites;

    NodesResource(Caller caller, SiteCommands sites) {
        this.caller = caller;
        this.sites = sites;
    }

    /** Lists nodes. */
    @GET
    @Operation(operationId = "listNodes", summary = "The nodes of all sites, or of one (operators)")
    public List<NodeFacts> nodes(@QueryParam("site") @Nullable String site) {
        return sites.nodes(caller.principal(), Optional.ofNullable(site));
    }
}
