package dev.slipway.web.setting;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.DomainCommands;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.RefusalException;
import dev.slipway.web.app.AppHeads;
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

/** The settings of an app. */
@Path("/t/{tenant}/apps/{app}/settings")
@WebPage
public class SettingsResource {
    private final Visitor visitor;
    private final AppHeads heads;
    private final AppCommands apps;
    private final DomainCommands domains;
    private final Authorizer authorizer;
    private final Frames frames;
    private final Pages pages;

    SettingsResource(
            Visitor visitor,
            AppHeads heads,
            AppCommands apps,
            DomainCommands domains,
            Authorizer authorizer,
            Frames frames,
            Pages pages) {
        this.visitor = visitor;
        this.heads = heads;
        this.apps = apps;
        this.domains = domains;
        this.authorizer = authorizer;
        this.frames = frames;
        this.pages = pages;
    }

    /** Shows them. */
    @GET
    public Response show(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        AppRef ref = AppHeads.ref(tenant, app);
        return pages.show(new SettingsPage(
                heads.of(ref, "settings"),
                domains.list(visitor.signedIn(), ref),
                may(Permission.APP_DOMAINS, ref),
                may(Permission.APP_DESTROY, ref)));
    }

    /** Lets the app answer to one more domain. */
    @POST
    @Path("domains")
    public Response addDomain(
            @PathParam("tenant") String tenant, @PathParam("app") String app, MultivaluedMap<String, String> fields) {
        AppRef ref = AppHeads.ref(tenant, app);
        return pages.change(
                AppHeads.path(ref, "/settings"),
                messages -> messages.domainAdded(
                        domains.add(visitor.signedIn(), ref, Form.of(fields).text("domain"))
                                .domain()));
    }

    /** Takes a domain from the app. */
    @POST
    @Path("domains/remove")
    public Response removeDomain(
            @PathParam("tenant") String tenant, @PathParam("app") String app, MultivaluedMap<String, String> fields) {
        AppRef ref = AppHeads.ref(tenant, app);
        String domain = Form.of(fields).text("domain");
        return pages.change(AppHeads.path(ref, "/settings"), messages -> {
            domains.remove(visitor.signedIn(), ref, domain);
            return messages.domainRemoved(domain);
        });
    }

    /** Ends the app with everything it has, once its name was typed. */
    @POST
    @Path("destroy")
    public Response destroy(
            @PathParam("tenant") String tenant, @PathParam("app") String app, MultivaluedMap<String, String> fields) {
        AppRef ref = AppHeads.ref(tenant, app);
        heads.of(ref, "settings");
        try {
            apps.destroy(visitor.signedIn(), ref, Form.of(fields).text("confirmation"));
        } catch (RefusalException e) {
            visitor.leave(Notice.refused(e.sentence()));
            return pages.to(AppHeads.path(ref, "/settings"));
        }
        visitor.leave(Notice.done(frames.language().messages().destroyed(ref.toString())));
        return pages.to("/t/" + ref.tenant());
    }

    private boolean may(Permission permission, AppRef ref) {
        return authorizer
                .decide(visitor.signedIn(), permission, Subject.of(ref))
                .allowed();
    }
}
