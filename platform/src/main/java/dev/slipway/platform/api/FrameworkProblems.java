package dev.slipway.platform.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Gives a body to what the framework refuses under {@code /api/} by itself: wrong paths, methods and media types. */
class FrameworkProblems {
    private final Problems problems;

    FrameworkProblems(Problems problems) {
        this.problems = problems;
    }

    @ServerResponseFilter
    void explain(ContainerRequestContext request, ContainerResponseContext response) {
        boolean ours = request.getUriInfo().getPath().startsWith("/api/");
        MediaType said = response.getMediaType();
        boolean explained = said != null && said.toString().startsWith(Problem.MEDIA_TYPE);
        if (ours && response.getStatus() >= 400 && !explained) {
            ProblemCode code = ProblemCode.ofStatus(response.getStatus());
            Problem problem = Problem.of(
                    code, request.getMethod() + " " + request.getUriInfo().getPath() + ": " + code.title() + ".", null);
            response.setEntity(problems.text(problem), null, MediaType.valueOf(Problem.MEDIA_TYPE));
        }
    }
}
