package dev.slipway.web.page;

import dev.slipway.tenancy.access.DeniedException;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.RefusalException;
import dev.slipway.web.language.Messages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Turns what went wrong into a page. What may not be seen looks like what does not exist, to the letter. */
@ApplicationScoped
class Refusals {
    private static final Logger LOG = Logger.getLogger(Refusals.class);

    private final Pages pages;
    private final Frames frames;

    Refusals(Pages pages, Frames frames) {
        this.pages = pages;
        this.frames = frames;
    }

    /** Whether the subject does not exist, or may not be known to. */
    static boolean unknown(RefusalException refusal) {
        return refusal.code().equals("unknown-name");
    }

    Response of(RefusalException refusal) {
        return switch (refusal) {
            case InvalidNameException bad -> missing();
            case RefusalException hidden when unknown(hidden) -> missing();
            case DeniedException denied -> show(403, messages().deniedTitle(), denied.sentence());
            default ->
                show(
                        refusal.code().equals("unavailable") ? 503 : 409,
                        messages().refusedTitle(),
                        refusal.sentence());
        };
    }

    Response missing() {
        return show(404, messages().missingTitle(), messages().missingText());
    }

    Response staleForm() {
        return show(403, messages().staleTitle(), messages().staleText());
    }

    Response stopping() {
        return show(503, messages().refusedTitle(), messages().stoppingText());
    }

    Response unforeseen(Throwable cause) {
        UUID incident = UUID.randomUUID();
        LOG.errorf(cause, "page failed incident=%s", incident);
        return show(500, messages().failedTitle(), messages().failedText(incident.toString()));
    }

    private Messages messages() {
        return frames.language().messages();
    }

    private Response show(int status, String title, String text) {
        return pages.show(status, new Refusal(frames.plain(), status, title, text));
    }
}
