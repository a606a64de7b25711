package dev.slipway.web.tenant;

import dev.slipway.platform.command.RoleCommands;
import dev.slipway.platform.command.TenantCommands;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.web.page.Form;
import dev.slipway.web.page.Frames;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.Visitor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

/** Who is in a tenant, and in which role. */
@Path("/t/{tenant}/members")
@WebPage
public class MembersResource {
    private final Visitor visitor;
    private final TenantCommands tenants;
    private final RoleCommands roles;
    private final Authorizer authorizer;
    private final Frames frames;
    private final Pages pages;

    MembersResource(
            Visitor visitor,
            TenantCommands tenants,
            RoleCommands roles,
            Authorizer authorizer,
            Frames frames,
            Pages pages) {
        this.visitor = visitor;
        this.tenants = tenants;
        this.roles = roles;
        this.authorizer = authorizer;
        this.frames = frames;
        this.pages = pages;
    }

    /** Lists them. */
    @GET
    public Response list(@PathParam("tenant") String text) {
        TenantName tenant = TenantName.parse(text);
        return pages.show(new MembersPage(
                frames.of(tenant),
                tenant.value(),
                tenants.members(visitor.signedIn(), tenant),
                roles.grants(visitor.signedIn(), tenant),
                roles.roles(visitor.signedIn(), tenant).stream()
                        .filter(RoleCommands.RoleFacts::own)
                        .toList(),
                RoleCommands.choices(),
                authorizer
                        .decide(visitor.signedIn(), Permission.TENANT_MEMBERS, Subject.of(tenant))
                        .allowed()));
    }

    /** Gives a person a role, in the tenant or another than before. */
    @POST
    public Response add(@PathParam("tenant") String text, MultivaluedMap<String, String> fields) {
        Form form = Form.of(fields);
        return pages.change(path(text), messages -> {
            tenants.addMember(
                    visitor.signedIn(),
                    TenantName.parse(text),
                    PersonName.parse(form.text("person")),
                    Role.parse(form.text("role")));
            return messages.memberAdded(form.text("person"));
        });
    }

    /** Takes a person out. */
    @POST
    @Path("remove")
    public Response remove(@PathParam("tenant") String text, MultivaluedMap<String, String> fields) {
        String person = Form.of(fields).text("person");
        return pages.change(path(text), messages -> {
            tenants.removeMember(visitor.signedIn(), TenantName.parse(text), PersonName.parse(person));
            return messages.memberRemoved(person);
        });
    }

    static String path(String tenant) {
        return "/t/" + TenantName.parse(tenant) + "/members";
    }
}
