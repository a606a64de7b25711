package dev.slipway.web.tenant;

import dev.slipway.platform.command.TenantCommands;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.web.page.Form;
import dev.slipway.web.page.Frames;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.Visitor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Where everybody begins: the only tenant one has, or the list to choose from. */
@Path("/")
@WebPage
public class HomeResource {
    private final Visitor visitor;
    private final TenantCommands tenants;
    private final Frames frames;
    private final Pages pages;

    HomeResource(Visitor visitor, TenantCommands tenants, Frames frames, Pages pages) {
        this.visitor = visitor;
        this.tenants = tenants;
        this.frames = frames;
        this.pages = pages;
    }

    /** Goes on to the only tenant, else shows the list. */
    @GET
    public Response begin() {
        List<TenantName> mine = tenants.visible(visitor.signedIn());
        return mine.size() == 1 ? pages.to("/t/" + mine.getFirst()) : list();
    }

    /** The list. */
    @GET
    @Path("tenants")
    public Response list() {
        return pages.show(new TenantsPage(frames.plain(), tenants.list(visitor.signedIn())));
    }

    /** Creates a tenant. */
    @POST
    @Path("tenants")
    public Response create(MultivaluedMap<String, String> fields) {
        String name = Form.of(fields).text("name");
        return pages.change("/tenants", messages -> {
            tenants.create(visitor.signedIn(), TenantName.parse(name));
            return messages.tenantCreated(name);
        });
    }
}
