package dev.slipway.web.audit;

import dev.slipway.platform.command.Page;
import dev.slipway.platform.command.TenantCommands;
import dev.slipway.tenancy.audit.AuditRecord;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.web.page.Frames;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.Visitor;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The audit of a tenant. */
@Path("/t/{tenant}/audit")
@WebPage
public class AuditResource {
    private static final int PER_PAGE = 50;

    private final Visitor visitor;
    private final TenantCommands tenants;
    private final Frames frames;
    private final Pages pages;

    AuditResource(Visitor visitor, TenantCommands tenants, Frames frames, Pages pages) {
        this.visitor = visitor;
        this.tenants = tenants;
        this.frames = frames;
        this.pages = pages;
    }

    /** Lists the newest entries that fit. */
    @GET
    public Response list(
            @PathParam("tenant") String text,
            @QueryParam("actor") @DefaultValue("") String actor,
            @QueryParam("action") @DefaultValue("") String action,
            @QueryParam("before") @Nullable String before) {
        TenantName tenant = TenantName.parse(text);
        Page<AuditRecord> page = tenants.audit(
                visitor.signedIn(), tenant, given(actor), given(action), Optional.ofNullable(before), PER_PAGE);
        return pages.show(AuditPage.of(frames.of(tenant), tenant, actor.strip(), action.strip(), page));
    }

    private static Optional<String> given(String field) {
        return Optional.of(field.strip()).filter(text -> !text.isEmpty());
    }
}
