package dev.slipway.web.app;

import dev.slipway.platform.command.AppFacts;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.web.page.Frame;

/**
 * What stands at the top of all pages of an app.
 *
 * @param tab which of its pages this is
 */
public record AppHead(Frame frame, AppRef ref, AppFacts facts, String tab) {
    /** {@code /t/acme/apps/shop}. */
    public String path() {
        return path(ref);
    }

    /** The app's name without the tenant's. */
    public String name() {
        return ref.app().value();
    }

    public String tenant() {
        return ref.tenant().value();
    }

    static String path(AppRef ref) {
        return "/t/" + ref.tenant() + "/apps/" + ref.app();
    }
}
