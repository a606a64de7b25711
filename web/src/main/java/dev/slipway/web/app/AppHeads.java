package dev.slipway.web.app;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.AppFacts;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.web.page.Frames;
import dev.slipway.web.session.Visitor;
import jakarta.enterprise.context.RequestScoped;

/** Finds the app that a path names and makes the head of its pages. */
@RequestScoped
public class AppHeads {
    private final Visitor visitor;
    private final AppCommands apps;
    private final Frames frames;

    AppHeads(Visitor visitor, AppCommands apps, Frames frames) {
        this.visitor = visitor;
        this.apps = apps;
        this.frames = frames;
    }

    /** The head, for people who may see the app. */
    public AppHead of(AppRef ref, String tab) {
        return of(ref, apps.info(visitor.signedIn(), ref), tab);
    }

    /** The head of an app that was looked at already. */
    public AppHead of(AppRef ref, AppFacts facts, String tab) {
        return new AppHead(frames.of(ref.tenant()), ref, facts, tab);
    }

    /** The app that the two parts of a path name. */
    public static AppRef ref(String tenant, String app) {
        return new AppRef(TenantName.parse(tenant), AppName.parse(app));
    }

    /** Where the app's pages are, or one of them. */
    public static String path(AppRef ref, String page) {
        return AppHead.path(ref) + page;
    }
}
