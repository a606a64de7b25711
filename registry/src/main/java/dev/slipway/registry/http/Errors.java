package dev.slipway.registry.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.registry.blob.StorageException;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.RegistryException;
import io.vertx.core.http.HttpServerResponse;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Turns whatever went wrong into the specification's JSON (OCI Distribution Specification 1.1, section "Error Codes"). */
final class Errors {
    private static final Logger LOG = Logger.getLogger(Errors.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Challenges challenges;

    Errors(Challenges challenges) {
        this.challenges = challenges;
    }

    void answer(Exchange exchange, Throwable problem) {
        switch (problem) {
            case RegistryException refused -> answer(exchange, refused.code(), refused.detail(), refused.retryAfter());
            case StorageException storage -> {
                LOG.errorf(storage, "Registry storage failed operation=%s", storage.operation());
                answer(
                        exchange,
                        storage.full() ? ErrorCode.STORAGE_FULL : ErrorCode.UNAVAILABLE,
                        "could not " + storage.operation() + "; the same request can succeed later",
                        Optional.empty());
            }
            case UncheckedIOException cut -> exchange.hangUp();
            default -> {
                LOG.errorf(
                        problem,
                        "Registry request failed method=%s path=%s",
                        exchange.method(),
                        exchange.request().path());
                answer(exchange, ErrorCode.INTERNAL, "the registry's log says why", Optional.empty());
            }
        }
    }

    private void answer(Exchange exchange, ErrorCode code, String detail, Optional<Duration> wait) {
        Consumer<HttpServerResponse> headers = response -> {
            if (code.status() == ErrorCode.UNAUTHORIZED.status()) {
                response.putHeader("WWW-Authenticate", challenges.challenge(exchange, code));
            }
            wait.ifPresent(time -> response.putHeader("Retry-After", Long.toString(time.toSeconds() + 1)));
        };
        exchange.answerBytes(code.status(), "application/json", body(code, detail), headers);
    }

    private static byte[] body(ErrorCode code, String detail) {
        ObjectNode root = JSON.createObjectNode();
        root.putArray("errors")
                .addObject()
                .put("code", code.code())
                .put("message", code.message())
                .put("detail", detail);
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }
}
