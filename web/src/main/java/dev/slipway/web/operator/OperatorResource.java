package dev.slipway.web.operator;

import dev.slipway.platform.app.InvalidSettingException;
import dev.slipway.platform.command.PlatformCommands;
import dev.slipway.platform.command.QuotaCommands;
import dev.slipway.platform.command.SiteCommands;
import dev.slipway.tenancy.access.Principal;
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
import java.util.UUID;

/** The operators' page. */
@Path("/operator")
@WebPage
public class OperatorResource {
    private final Visitor visitor;
    private final PlatformCommands platform;
    private final QuotaCommands quotas;
    private final SiteCommands sites;
    private final Frames frames;
    private final Pages pages;

    OperatorResource(
            Visitor visitor,
            PlatformCommands platform,
            QuotaCommands quotas,
            SiteCommands sites,
            Frames frames,
            Pages pages) {
        this.visitor = visitor;
        this.platform = platform;
        this.quotas = quotas;
        this.sites = sites;
        this.frames = frames;
        this.pages = pages;
    }

    /** Shows the platform. */
    @GET
    public Response show() {
        Principal.Person person = visitor.signedIn();
        return pages.show(new OperatorPage(
                frames.plain(),
                platform.health(person).stream().map(OperatorPage.Check::of).toList(),
                quotas.openRequests(person),
                platform.builds(person),
                sites.list(person),
                platform.tenants(person).stream().map(OperatorPage.Row::of).toList(),
                quotas.plans(person).stream().map(OperatorPage.PlanRow::of).toList()));
    }

    /** Grants or declines a request for more. */
    @POST
    @Path("requests")
    public Response decide(MultivaluedMap<String, String> fields) {
        Form form = Form.of(fields);
        boolean grant = form.text("answer").equals("grant");
        return pages.change("/operator", messages -> {
            quotas.decide(visitor.signedIn(), request(form.text("request")), grant);
            return grant
                    ? frames.language().operatorMessages().granted()
                    : frames.language().operatorMessages().declined();
        });
    }

    private static UUID request(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("There is no such request.");
        }
    }
}
