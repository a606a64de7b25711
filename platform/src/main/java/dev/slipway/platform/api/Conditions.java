package dev.slipway.platform.api;

import dev.slipway.platform.command.Precondition;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What this request says the thing has to be, for its change to be made. */
@RequestScoped
class Conditions {
    private final HttpHeaders headers;
    private final EntityTags tags;

    Conditions(HttpHeaders headers, EntityTags tags) {
        this.headers = headers;
        this.tags = tags;
    }

    /** What was said; without a word any state will do. */
    Precondition given() {
        return now -> check(now, false);
    }

    /** As {@link #given}, and what is there is replaced only by those who say what they saw. */
    Precondition required() {
        return now -> check(now, true);
    }

    private void check(Optional<?> now, boolean required) {
        @Nullable String tag = now.map(tags::of).orElse(null);
        String match = headers.getHeaderString(HttpHeaders.IF_MATCH);
        String none = headers.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        if (match != null && (tag == null || !EntityTags.lists(match, tag, false))) {
            throw new ProblemException(
                    ProblemCode.CHANGED_MEANWHILE,
                    tag == null
                            ? "There is none now, so nothing was changed."
                            : "Nothing was changed: since you read it, it became another, whose ETag is " + tag
                                    + ". Read it again, then send your change with that in If-Match.");
        }
        if (none != null && tag != null && EntityTags.lists(none, tag, true)) {
            throw new ProblemException(
                    ProblemCode.CHANGED_MEANWHILE,
                    "Nothing was changed: there is one already, whose ETag is " + tag
                            + ". To replace it, read it and send If-Match instead of If-None-Match.");
        }
        if (required && match == null && tag != null) {
            throw new ProblemException(
                    ProblemCode.PRECONDITION_REQUIRED,
                    "This replaces the whole: read it, and send its ETag in If-Match, so that nothing is lost that"
                            + " others changed meanwhile.");
        }
    }
}
