package dev.slipway.web.config;

import dev.slipway.platform.app.InvalidSettingException;
import dev.slipway.platform.command.ConfigChanged;
import dev.slipway.platform.command.ConfigCommands;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.web.app.AppHeads;
import dev.slipway.web.language.Messages;
import dev.slipway.web.page.Form;
import dev.slipway.web.page.Frames;
import dev.slipway.web.page.Pages;
import dev.slipway.web.page.Seen;
import dev.slipway.web.page.WebPage;
import dev.slipway.web.session.Notice;
import dev.slipway.web.session.Visitor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The config of an app. Values leave the server only by the form that asks for them. */
@Path("/t/{tenant}/apps/{app}/config")
@WebPage
public class ConfigResource {
    private static final int CONFLICT = 409;
    private static final int CHANGED = 412;

    private final Visitor visitor;
    private final AppHeads heads;
    private final ConfigCommands config;
    private final Seen seen;
    private final Frames frames;
    private final Pages pages;

    ConfigResource(Visitor visitor, AppHeads heads, ConfigCommands config, Seen seen, Frames frames, Pages pages) {
        this.visitor = visitor;
        this.heads = heads;
        this.config = config;
        this.seen = seen;
        this.frames = frames;
        this.pages = pages;
    }

    /** The names. */
    @GET
    public Response names(@PathParam("tenant") String tenant, @PathParam("app") String app) {
        return show(AppHeads.ref(tenant, app), false);
    }

    /** The names with their values; a form, so that no link, history or preview shows them. */
    @POST
    @Path("values")
    public Response values(
            @PathParam("tenant") String tenant, @PathParam("app") String app, MultivaluedMap<String, String> fields) {
        return show(AppHeads.ref(tenant, app), true);
    }

    /** Sets one variable. */
    @POST
    @Path("set")
    public Response set(
            @PathParam("tenant") String tenant, @PathParam("app") String app, MultivaluedMap<String, String> fields) {
        Form form = Form.of(fields);
        return change(AppHeads.ref(tenant, app), form.text("name"), Optional.of(form.exact("value")));
    }

    /** Unsets one variable. */
    @POST
    @Path("unset")
    public Response unset(
            @PathParam("tenant") String tenant, @PathParam("app") String app, MultivaluedMap<String, String> fields) {
        return change(AppHeads.ref(tenant, app), Form.of(fields).text("name"), Optional.empty());
    }

    /** All of it as a text to change; a form, for the same reason. */
    @POST
    @Path("edit")
    public Response edit(
            @PathParam("tenant") String tenant, @PathParam("app") String app, MultivaluedMap<String, String> fields) {
        AppRef ref = AppHeads.ref(tenant, app);
        SortedMap<String, String> now = config.show(visitor.signedIn(), ref);
        return pages.show(new ConfigTextPage(
                heads.of(ref, "config"), EnvText.write(now), seen.mark(Optional.of(now)), "", List.of()));
    }

    /**
     * Makes the config what the text says. If somebody changed it meanwhile, or the text cannot be read, it is shown again as it was
     * typed; a second time it replaces what the others did, which was told.
     */
    @POST
    @Path("text")
    public Response replace(
            @PathParam("tenant") String tenant, @PathParam("app") String app, MultivaluedMap<String, String> fields) {
        AppRef ref = AppHeads.ref(tenant, app);
        Form form = Form.of(fields);
        Messages messages = frames.language().messages();
        SortedMap<String, String> now = config.show(visitor.signedIn(), ref);
        ConfigChanged changed;
        try {
            SortedMap<String, String> typed = EnvText.read(form.exact("text"));
            Map<String, Optional<String>> wanted = new TreeMap<>();
            now.keySet().forEach(name -> wanted.put(name, Optional.empty()));
            typed.forEach((name, value) -> wanted.put(name, Optional.of(value)));
            try {
                changed = config.change(visitor.signedIn(), ref, wanted, seen.unchanged(form.text("seen")));
            } catch (Seen.ChangedMeanwhileException e) {
                return again(
                        CHANGED,
                        ref,
                        form,
                        seen.mark(Optional.of(now)),
                        frames.language().configMessages().configChangedMeanwhile(),
                        EnvText.differing(typed, now));
            }
        } catch (InvalidSettingException e) {
            return again(CONFLICT, ref, form, form.text("seen"), e.sentence(), List.of());
        }
        visitor.leave(Notice.done(told(messages, messages.config(), changed)));
        return pages.to(AppHeads.path(ref, "/config"));
    }

    private Response again(int status, AppRef ref, Form form, String mark, String trouble, List<String> differing) {
        return pages.show(
                status, new ConfigTextPage(heads.of(ref, "config"), form.exact("text"), mark, trouble, differing));
    }

    private Response show(AppRef ref, boolean shown) {
        List<ConfigPage.Variable> variables = config.show(visitor.signedIn(), ref).entrySet().stream()
                .map(entry -> new ConfigPage.Variable(entry.getKey(), shown ? entry.getValue() : ""))
                .toList();
        return pages.show(new ConfigPage(heads.of(ref, "config"), variables, shown));
    }

    private Response change(AppRef ref, String name, Optional<String> value) {
        return pages.change(AppHeads.path(ref, "/config"), messages -> {
            ConfigChanged changed = config.change(visitor.signedIn(), ref, Map.of(name, value));
            return told(messages, name, changed);
        });
    }

    private static String told(Messages messages, String name, ConfigChanged changed) {
        if (changed.set().isEmpty() && changed.unset().isEmpty()) {
            return messages.configSame(name);
        }
        return changed.rolling()
                .map(rolling -> messages.configRolling(name, rolling.release(), rolling.deployment()))
                .orElseGet(() -> messages.configChanged(name));
    }
}
