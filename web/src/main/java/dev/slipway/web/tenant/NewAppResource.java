package dev.slipway.web.tenant;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.TenantCommands;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.NameTakenException;
import dev.slipway.tenancy.identity.RefusalException;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.web.page.Form;
import dev.slipway.web.page.Frames;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.Notice;
import dev.slipway.web.session.Visitor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

/** Creates an app; its overview then tells how to push. */
@Path("/t/{tenant}/new-app")
@WebPage
public class NewAppResource {
    private final Visitor visitor;
    private final AppCommands apps;
    private final TenantCommands tenants;
    private final Frames frames;
    private final Pages pages;

    NewAppResource(Visitor visitor, AppCommands apps, TenantCommands tenants, Frames frames, Pages pages) {
        this.visitor = visitor;
        this.apps = apps;
        this.tenants = tenants;
        this.frames = frames;
        this.pages = pages;
    }

    /** The form. */
    @GET
    public Response form(@PathParam("tenant") String text) {
        TenantName tenant = TenantName.parse(text);
        tenants.members(visitor.signedIn(), tenant);
        return pages.show(new NewAppPage(frames.of(tenant), tenant.value()));
    }

    /** Creates. */
    @POST
    public Response create(@PathParam("tenant") String text, MultivaluedMap<String, String> fields) {
        TenantName tenant = TenantName.parse(text);
        String base = "/t/" + tenant;
        try {
            AppRef ref = new AppRef(tenant, AppName.parse(Form.of(fields).text("name")));
            apps.create(visitor.signedIn(), ref);
            return pages.to(base + "/apps/" + ref.app());
        } catch (InvalidNameException | NameTakenException e) {
            return again(base, e);
        }
    }

    private Response again(String base, RefusalException refusal) {
        visitor.leave(Notice.refused(refusal.sentence()));
        return pages.to(base + "/new-app");
    }
}
