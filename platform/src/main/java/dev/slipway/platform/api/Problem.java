package dev.slipway.platform.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong (RFC 9457, {@code application/problem+json}).
 *
 * @param type a relative reference that ends with the code
 * @param code the stable name of the error
 * @param detail a sentence for the person who asked
 * @param field the part of the request it is about, if it is about one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What went wrong (RFC 9457).")
public record Problem(
        @Schema(examples = "/api/v1/problems#quota-exceeded")
        String type,

        @Schema(examples = "The tenant's quota has no room") String title,
        @Schema(examples = "422") int status,
        @Schema(examples = "quota-exceeded") String code,

        @Schema(examples = "acme may use 16 GB of memory and has 15.8 GB in use.")
        String detail,

        @Schema(examples = "web") @Nullable String field) {

    /** The media type of a problem. */
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(ProblemCode code, String detail, @Nullable String field) {
        return new Problem("/api/v1/problems#" + code.code(), code.title(), code.status(), code.code(), detail, field);
    }
}
