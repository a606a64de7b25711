package dev.slipway.web.tenant;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.AppFacts;
import dev.slipway.platform.command.TenantCommands;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.quota.QuotaResource;
import dev.slipway.web.page.Frames;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.Visitor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** The home of a tenant: its apps and what is left of its quotas. */
@Path("/t/{tenant}")
@WebPage
public class TenantResource {
    private final Visitor visitor;
    private final TenantCommands tenants;
    private final AppCommands apps;
    private final Authorizer authorizer;
    private final Frames frames;
    private final Pages pages;

    TenantResource(
            Visitor visitor,
            TenantCommands tenants,
            AppCommands apps,
            Authorizer authorizer,
            Frames frames,
            Pages pages) {
        this.visitor = visitor;
        this.tenants = tenants;
        this.apps = apps;
        this.authorizer = authorizer;
        this.frames = frames;
        this.pages = pages;
    }

    /** Shows it. */
    @GET
    public Response home(@PathParam("tenant") String text) {
        TenantName tenant = TenantName.parse(text);
        Principal.Person person = visitor.signedIn();
        List<AppFacts> found = apps.list(person, Optional.of(tenant));
        // Guests see the apps they were let in to, and nothing else of the tenant.
        boolean member = authorizer
                .decide(person, Permission.TENANT_QUOTAS_READ, Subject.of(tenant))
                .allowed();
        return pages.show(new TenantPage(
                frames.of(tenant),
                tenant.value(),
                found.stream().map(TenantPage.Row::of).toList(),
                member,
                (member ? tenants.quotas(person, tenant) : List.<TenantCommands.QuotaFacts>of())
                        .stream()
                                .filter(quota ->
                                        QuotaResource.parse(quota.resource()).nature() != QuotaResource.Nature.RATE)
                                .map(QuotaBar::of)
                                .toList()));
    }
}
