package dev.slipway.web.webhook;

import dev.slipway.platform.command.WebhookCommands;
import dev.slipway.platform.command.WebhookCommands.NewWebhook;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.identity.RefusalException;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The webhooks of a tenant: added, removed, and their deliveries made again. */
@Path("/t/{tenant}/webhooks")
@WebPage
public class WebhooksResource {
    private static final int SHOWN = 10;

    private final Visitor visitor;
    private final WebhookCommands webhooks;
    private final Frames frames;
    private final Pages pages;

    WebhooksResource(Visitor visitor, WebhookCommands webhooks, Frames frames, Pages pages) {
        this.visitor = visitor;
        this.webhooks = webhooks;
        this.frames = frames;
        this.pages = pages;
    }

    /** Lists them with their newest deliveries. */
    @GET
    public Response list(@PathParam("tenant") String text) {
        return pages.show(page(TenantName.parse(text), Optional.empty()));
    }

    /** Adds one and shows its secret this once. */
    @POST
    public Response add(@PathParam("tenant") String text, MultivaluedMap<String, String> fields) {
        TenantName tenant = TenantName.parse(text);
        Form form = Form.of(fields);
        Set<String> kinds = new TreeSet<>(form.all("kind"));
        try {
            NewWebhook made = webhooks.add(visitor.signedIn(), tenant, form.text("url"), kinds);
            return pages.show(page(tenant, Optional.of(made)));
        } catch (RefusalException e) {
            return pages.change(path(tenant), messages -> {
                throw e;
            });
        }
    }

    /** Removes one. */
    @POST
    @Path("remove")
    public Response remove(@PathParam("tenant") String text, MultivaluedMap<String, String> fields) {
        TenantName tenant = TenantName.parse(text);
        String id = Form.of(fields).text("webhook");
        return pages.change(path(tenant), messages -> {
            webhooks.remove(visitor.signedIn(), tenant, id);
            return frames.language().webhookMessages().removed();
        });
    }

    /** Makes a delivery again. */
    @POST
    @Path("replay")
    public Response replay(@PathParam("tenant") String text, MultivaluedMap<String, String> fields) {
        TenantName tenant = TenantName.parse(text);
        Form form = Form.of(fields);
        return pages.change(path(tenant), messages -> {
            webhooks.replay(visitor.signedIn(), tenant, form.text("delivery"));
            return frames.language().webhookMessages().replayed();
        });
    }

    private WebhooksPage page(TenantName tenant, Optional<NewWebhook> made) {
        Principal.Person person = visitor.signedIn();
        return new WebhooksPage(
                frames.of(tenant),
                tenant.value(),
                webhooks.list(person, tenant).stream()
                        .map(facts -> new WebhooksPage.Row(
                                facts,
                                webhooks.deliveries(person, tenant, facts.id()).stream()
                                        .limit(SHOWN)
                                        .toList()))
                        .toList(),
                made,
                WebhookCommands.KINDS.stream().sorted().toList());
    }

    private static String path(TenantName tenant) {
        return "/t/" + tenant + "/webhooks";
    }
}
