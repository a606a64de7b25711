package dev.slipway.platform.api;

import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** The head of the OpenAPI document. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Slipway",
                        version = "v1",
                        description =
                                "The verbs of Slipway over HTTP. Errors are application/problem+json with a stable"
                                        + " code; lists are pages with a cursor; what goes on is told by server-sent events."
                                        + " What is read has an ETag, and changes that take If-Match are made only of what you"
                                        + " saw. A POST with an Idempotency-Key is carried out once."),
        components = @Components(schemas = @Schema(name = "Problem", implementation = Problem.class)),
        security = @SecurityRequirement(name = "token"))
@SecurityScheme(
        securitySchemeName = "token",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description = "A token as tokens:create gives it: slp_…")
final class ApiDescription {
    private ApiDescription() {}
}
