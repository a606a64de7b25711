package dev.slipway.platform.api;

import dev.slipway.platform.command.UsageCommands;
import dev.slipway.platform.command.UsageCommands.By;
import dev.slipway.platform.command.UsageCommands.UsageReport;
import dev.slipway.platform.command.WasteCommands;
import dev.slipway.platform.command.WasteCommands.WasteFacts;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a tenant has used. */
@Path("/api/v1/tenants/{tenant}/usage")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "usage")
public class UsageResource {
    private static final String CSV = "text/csv";

    private final Caller caller;
    private final UsageCommands usage;
    private final WasteCommands waste;

    UsageResource(Caller caller, UsageCommands usage, WasteCommands waste) {
        this.caller = caller;
        this.usage = usage;
        this.waste = waste;
    }

    /** Tells. */
    @GET
    @Operation(
            operationId = "getUsage",
            summary =
                    "What a tenant used from a first to a last day (UTC, this month if not said), by app, day or app,day")
    public UsageReport usage(
            @PathParam("tenant") String tenant,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("by") @DefaultValue("app") String by) {
        return report(tenant, from, to, by);
    }

    /** Exports. */
    @GET
    @Produces(CSV)
    @Operation(operationId = "getUsage", summary = "The same as comma-separated values with a heading")
    public String export(
            @PathParam("tenant") String tenant,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("by") @DefaultValue("app") String by) {
        return report(tenant, from, to, by).csv();
    }

    /** Tells what is wasted. */
    @GET
    @Path("waste")
    @Operation(
            operationId = "getWaste",
            summary =
                    "What the process types of a tenant's apps asked for, what they used in seven days, and what would fit")
    public List<WasteFacts> waste(@PathParam("tenant") String tenant) {
        return waste.report(caller.principal(), Field.tenant(tenant));
    }

    private UsageReport report(String tenant, @Nullable String from, @Nullable String to, String by) {
        return usage.usage(
                caller.principal(),
                Field.tenant(tenant),
                Optional.ofNullable(from),
                Optional.ofNullable(to),
                By.parse(by));
    }
}
