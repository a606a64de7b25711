package dev.slipway.web.drill;

import dev.slipway.platform.command.DrillCommands;
import dev.slipway.platform.command.DrillCommands.DrillFacts;
import dev.slipway.platform.command.SiteCommands;
import dev.slipway.platform.command.SiteCommands.SiteFacts;
import dev.slipway.tenancy.access.Principal;
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
import java.util.List;

/** The operators' pages of drills. */
@Path("/operator/drills")
@WebPage
public class DrillsResource {
    private static final String ALL = "/operator/drills";
    private static final String RUNNING = "running";

    private final Visitor visitor;
    private final DrillCommands drills;
    private final SiteCommands sites;
    private final Frames frames;
    private final Pages pages;

    DrillsResource(Visitor visitor, DrillCommands drills, SiteCommands sites, Frames frames, Pages pages) {
        this.visitor = visitor;
        this.drills = drills;
        this.sites = sites;
        this.frames = frames;
        this.pages = pages;
    }

    /** Lists them, and when the next ones are. */
    @GET
    public Response list() {
        Principal.Person person = visitor.signedIn();
        List<DrillFacts> all = drills.list(person);
        return pages.show(new DrillsPage(
                frames.plain(),
                all.stream().filter(drill -> drill.state().equals(RUNNING)).findFirst(),
                all,
                drills.schedules(person),
                sites.list(person).stream().map(SiteFacts::site).toList()));
    }

    /** Shows what came of one. */
    @GET
    @Path("{drill}")
    public Response show(@PathParam("drill") String id) {
        DrillFacts drill = drills.info(visitor.signedIn(), id);
        return pages.show(new DrillPage(frames.plain(), drill, drill.state().equals(RUNNING)));
    }

    /** Begins one. */
    @POST
    public Response begin(MultivaluedMap<String, String> fields) {
        String site = Form.of(fields).text("site");
        return pages.change(ALL, messages -> {
            drills.begin(visitor.signedIn(), site);
            return frames.language().drillMessages().begun(site);
        });
    }

    /** Ends the one that runs. */
    @POST
    @Path("abort")
    public Response abort() {
        return pages.change(ALL, messages -> {
            drills.abort(visitor.signedIn());
            return frames.language().drillMessages().aborted();
        });
    }

    /** Has a site's loss rehearsed again and again. */
    @POST
    @Path("schedules")
    public Response schedule(MultivaluedMap<String, String> fields) {
        Form form = Form.of(fields);
        String site = form.text("site");
        return pages.change(ALL, messages -> {
            drills.schedule(visitor.signedIn(), site, form.number("every"), form.text("at"));
            return frames.language().drillMessages().scheduled(site);
        });
    }

    /** Has it rehearsed no more. */
    @POST
    @Path("schedules/remove")
    public Response unschedule(MultivaluedMap<String, String> fields) {
        String site = Form.of(fields).text("site");
        return pages.change(ALL, messages -> {
            drills.unschedule(visitor.signedIn(), site);
            return frames.language().drillMessages().unscheduled(site);
        });
    }
}
