package dev.slipway.web.tenant;

import dev.slipway.platform.command.RoleCommands;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.web.language.RoleMessages;
import dev.slipway.web.page.Form;
import dev.slipway.web.page.Frames;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.Visitor;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

/** The forms of the members' page about roles beside a membership. */
@Path("/t/{tenant}/roles")
@WebPage
public class RolesResource {
    private final Visitor visitor;
    private final RoleCommands roles;
    private final Frames frames;
    private final Pages pages;

    RolesResource(Visitor visitor, RoleCommands roles, Frames frames, Pages pages) {
        this.visitor = visitor;
        this.roles = roles;
        this.frames = frames;
        this.pages = pages;
    }

    /** Defines a role of the tenant's own. */
    @POST
    public Response define(@PathParam("tenant") String text, MultivaluedMap<String, String> fields) {
        Form form = Form.of(fields);
        String role = form.text("role");
        return pages.change(MembersResource.path(text), messages -> {
            roles.define(
                    visitor.signedIn(),
                    TenantName.parse(text),
                    role,
                    form.all("permission").stream().map(Permission::parse).toList());
            return sentences().defined(role);
        });
    }

    /** Removes a role of the tenant's own. */
    @POST
    @Path("remove")
    public Response remove(@PathParam("tenant") String text, MultivaluedMap<String, String> fields) {
        String role = Form.of(fields).text("role");
        return pages.change(MembersResource.path(text), messages -> {
            roles.remove(visitor.signedIn(), TenantName.parse(text), role);
            return sentences().removed(role);
        });
    }

    /** Gives a person a role in the tenant, or on the app that is named. */
    @POST
    @Path("give")
    public Response give(@PathParam("tenant") String text, MultivaluedMap<String, String> fields) {
        Form form = Form.of(fields);
        return pages.change(MembersResource.path(text), messages -> {
            Principal.Person owner = visitor.signedIn();
            PersonName person = PersonName.parse(form.text("person"));
            String role = form.text("role");
            if (form.has("app")) {
                roles.give(owner, app(text, form), person, role);
            } else {
                roles.give(owner, TenantName.parse(text), person, role);
            }
            return sentences().given(person.value(), role);
        });
    }

    /** Takes what was given. */
    @POST
    @Path("take")
    public Response take(@PathParam("tenant") String text, MultivaluedMap<String, String> fields) {
        Form form = Form.of(fields);
        return pages.change(MembersResource.path(text), messages -> {
            PersonName person = PersonName.parse(form.text("person"));
            if (form.has("app")) {
                roles.take(visitor.signedIn(), app(text, form), person);
            } else {
                roles.take(visitor.signedIn(), TenantName.parse(text), person);
            }
            return sentences().taken(person.value());
        });
    }

    private static AppRef app(String tenant, Form form) {
        return new AppRef(TenantName.parse(tenant), AppName.parse(form.text("app")));
    }

    private RoleMessages sentences() {
        return frames.language().roleMessages();
    }
}
