package dev.slipway.web.log;

import dev.slipway.platform.command.LogCommands;
import dev.slipway.platform.command.LogLine;
import dev.slipway.platform.command.LogRequest;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.web.app.AppHead;
import dev.slipway.web.app.AppHeads;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.Visitor;
import dev.slipway.web.stream.EventStreams;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** The logs of an app. */
@Path("/t/{tenant}/apps/{app}/logs")
@WebPage
public class LogsResource {
    private static final List<Integer> CHOICES = List.of(100, 500, 2_000);

    private final Visitor visitor;
    private final AppHeads heads;
    private final LogCommands logs;
    private final EventStreams streams;
    private final Pages pages;

    LogsResource(Visitor visitor, AppHeads heads, LogCommands logs, EventStreams streams, Pages pages) {
        this.visitor = visitor;
        this.heads = heads;
        this.logs = logs;
        this.streams = streams;
        this.pages = pages;
    }

    /** The last lines. */
    @GET
    public Response show(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @QueryParam("process") @DefaultValue("") String process,
            @QueryParam("lines") @DefaultValue("100") int lines,
            @QueryParam("words") @DefaultValue("") String words)
            throws InterruptedException {
        AppRef ref = AppHeads.ref(tenant, app);
        AppHead head = heads.of(ref, "logs");
        List<LogLine> found = logs.tail(visitor.signedIn(), ref, request(process, lines)).stream()
                .filter(containing(words))
                .toList();
        return pages.show(new LogsPage(
                head,
                found,
                words,
                process,
                List.copyOf(head.facts().formation().keySet()),
                lines,
                CHOICES,
                LogsPage.eventsOf(head, process, lines, words)));
    }

    /** The same lines and each new one: events {@code line}. */
    @GET
    @Path("events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    public Multi<OutboundSseEvent> follow(
            @PathParam("tenant") String tenant,
            @PathParam("app") String app,
            @QueryParam("process") @DefaultValue("") String process,
            @QueryParam("lines") @DefaultValue("100") int lines,
            @QueryParam("words") @DefaultValue("") String words,
            @Context Sse sse) {
        return streams.lines(
                sse,
                logs.follow(visitor.signedIn(), AppHeads.ref(tenant, app), request(process, lines)),
                containing(words));
    }

    private static LogRequest request(String process, int lines) {
        return new LogRequest(Optional.of(process).filter(name -> !name.isBlank()), lines);
    }

    private static Predicate<LogLine> containing(String words) {
        String wanted = words.strip().toLowerCase(Locale.ROOT);
        return line -> line.text().toLowerCase(Locale.ROOT).contains(wanted);
    }
}
