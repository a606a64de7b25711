package dev.slipway.platform.api;

import dev.slipway.platform.command.PageRequest;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.TenantName;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads parts of paths, queries and bodies; what cannot be is refused with the name of the part. */
final class Field {
    private static final int USUAL_PAGE = 50;

    private Field() {}

    static AppRef app(String tenant, String app) {
        return new AppRef(parse("tenant", tenant, TenantName::parse), parse("app", app, AppName::parse));
    }

    static TenantName tenant(String tenant) {
        return parse("tenant", tenant, TenantName::parse);
    }

    static PageRequest page(@Nullable String cursor, @Nullable String limit) {
        return PageRequest.after(Optional.ofNullable(cursor), limit(limit));
    }

    static int limit(@Nullable String limit) {
        return limit == null ? USUAL_PAGE : number("limit", limit);
    }

    /** A whole number, zero or more. */
    static int number(String field, String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new ProblemException(ProblemCode.INVALID_FIELD, "Write a whole number.", field);
        }
        return Integer.parseInt(text);
    }

    /** {@code v12}, or {@code 12}. */
    static int release(String field, String text) {
        if (!text.matches("v?[0-9]{1,9}")) {
            throw new ProblemException(ProblemCode.INVALID_FIELD, "Write a release as v12.", field);
        }
        return Integer.parseInt(text.startsWith("v") ? text.substring(1) : text);
    }

    static <T> T parse(String field, @Nullable String text, Function<String, T> parser) {
        try {
            return parser.apply(JsonBody.required(field, text));
        } catch (InvalidNameException e) {
            throw new ProblemException(ProblemCode.INVALID_NAME, e.sentence(), field);
        }
    }
}
