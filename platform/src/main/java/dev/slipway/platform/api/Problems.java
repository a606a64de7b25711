package dev.slipway.platform.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.RefusalException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Turns what went wrong into an answer. What nobody foresaw gets a number to find it in the log by, and no details. */
@ApplicationScoped
class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);

    private final ObjectMapper mapper;

    Problems(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    Response of(Throwable cause) {
        return switch (cause) {
            case ProblemException refused
            when refused.retryAfterSeconds() > 0 ->
                Response.fromResponse(of(refused.problem()))
                        .header(HttpHeaders.RETRY_AFTER, refused.retryAfterSeconds())
                        .build();
            case ProblemException refused -> of(refused.problem());
            case InvalidNameException bad ->
                of(Problem.of(
                        ProblemCode.INVALID_NAME, bad.sentence(), bad.what().replace(" name", "")));
            case RefusalException refused ->
                of(Problem.of(
                        ProblemCode.of(refused.code()).orElse(ProblemCode.NOT_POSSIBLE), refused.sentence(), null));
            default -> unforeseen(cause);
        };
    }

    Response of(Problem problem) {
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(text(problem));
        if (problem.status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"slipway\"");
        }
        return answer.build();
    }

    String text(Problem problem) {
        try {
            return mapper.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem cannot be written: code=" + problem.code(), e);
        }
    }

    private Response unforeseen(Throwable cause) {
        UUID incident = UUID.randomUUID();
        LOG.errorf(cause, "request failed incident=%s", incident);
        return of(Problem.of(
                ProblemCode.INTERNAL, "Through no fault of yours. Tell an operator: incident " + incident + ".", null));
    }
}
