package dev.slipway.platform.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.platform.command.AuditCommands;
import dev.slipway.platform.command.AuditCommands.AuditFilter;
import dev.slipway.platform.command.AuditCommands.AuditVerdict;
import dev.slipway.platform.command.Page;
import dev.slipway.tenancy.audit.AuditRecord;
import dev.slipway.tenancy.identity.TenantName;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The record of who did what, in a tenant or, for operators, everywhere. */
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@AnswersProblems
@Tag(name = "audit")
public class AuditResource {
    private static final String LINES = "application/x-ndjson";

    private final Caller caller;
    private final AuditCommands audit;
    private final ObjectMapper mapper;

    AuditResource(Caller caller, AuditCommands audit, ObjectMapper mapper) {
        this.caller = caller;
        this.audit = audit;
        this.mapper = mapper;
    }

    /** Searches. */
    @GET
    @Operation(
            operationId = "searchAudit",
            summary = "What was done, by whom and when, newest first; all of it for operators")
    public Page<AuditRecord> search(
            @QueryParam("tenant") @Nullable String tenant,
            @QueryParam("actor") @Nullable String actor,
            @QueryParam("action") @Nullable String action,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        return audit.search(
                caller.principal(),
                filter(tenant, actor, action, from, to),
                Optional.ofNullable(cursor),
                Field.limit(limit));
    }

    /** Exports. */
    @GET
    @Path("export")
    @Produces(LINES)
    @Operation(operationId = "exportAudit", summary = "The same as lines of JSON, all of them")
    public StreamingOutput export(
            @QueryParam("tenant") @Nullable String tenant,
            @QueryParam("actor") @Nullable String actor,
            @QueryParam("action") @Nullable String action,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        AuditCommands.Export export = audit.export(caller.principal(), filter(tenant, actor, action, from, to));
        return out -> export.to(entry -> {
            try {
                out.write((mapper.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8));
                return true;
            } catch (IOException clientGone) {
                throw new UncheckedIOException(clientGone);
            }
        });
    }

    /** Verifies. */
    @GET
    @Path("verification")
    @Operation(operationId = "verifyAudit", summary = "Recompute the chain of hashes over the whole record (operators)")
    public AuditVerdict verify() {
        return audit.verify(caller.principal());
    }

    private static AuditFilter filter(
            @Nullable String tenant,
            @Nullable String actor,
            @Nullable String action,
            @Nullable String from,
            @Nullable String to) {
        Optional<TenantName> where = tenant == null ? Optional.empty() : Optional.of(Field.tenant(tenant));
        return new AuditFilter(
                where,
                Optional.ofNullable(actor),
                Optional.ofNullable(action),
                Optional.ofNullable(from),
                Optional.ofNullable(to));
    }
}
