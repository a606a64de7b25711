package dev.slipway.platform.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a {@code POST} with an {@code Idempotency-Key} once and gives its repetitions the same answer
 * (decision 0131). Refuses conditions that a change would not look at, rather than passing over them.
 */
@AnswersProblems
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE + 1)
class OnceInterceptor {
    static final String KEY = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final HttpHeaders headers;
    private final CurrentVertxRequest request;
    private final Caller caller;
    private final KeptAnswers answers;
    private final ObjectMapper mapper;

    OnceInterceptor(
            HttpHeaders headers, CurrentVertxRequest request, Caller caller, KeptAnswers answers, ObjectMapper mapper) {
        this.headers = headers;
        this.request = request;
        this.caller = caller;
        this.answers = answers;
        this.mapper = mapper;
    }

    @AroundInvoke
    @Nullable
    Object once(InvocationContext call) throws Exception {
        Method method = call.getMethod();
        if (headers.getHeaderString(HttpHeaders.IF_MATCH) != null && !method.isAnnotationPresent(Conditional.class)) {
            throw new ProblemException(
                    ProblemCode.INVALID_FIELD,
                    "If-Match is not looked at here: send the request without it.",
                    HttpHeaders.IF_MATCH);
        }
        String key = headers.getHeaderString(KEY);
        if (key == null || !method.isAnnotationPresent(POST.class) || open(method)) {
            return call.proceed();
        }
        if (!FORM.matcher(key).matches()) {
            throw new ProblemException(ProblemCode.INVALID_FIELD, "A key has 1 to 255 visible ASCII characters.", KEY);
        }
        String who = caller.principal().label();
        return switch (answers.take(who, key, hash(call))) {
            case KeptAnswers.Known.Free free -> first(call, who, key, free);
            case KeptAnswers.Known.Done done -> throw new WebApplicationException(again(done));
            case KeptAnswers.Known.Running running ->
                throw new ProblemException(
                        ProblemCode.STILL_RUNNING,
                        "The first request with this key is being carried out: send it again in a second.",
                        KEY,
                        1);
            case KeptAnswers.Known.Other other ->
                throw new ProblemException(
                        ProblemCode.KEY_REUSED,
                        "Another request came with this key within a day: nothing was done. Each request takes a key of"
                                + " its own; its repetitions are the same to the byte.",
                        KEY);
            case KeptAnswers.Known.TooMany many ->
                throw new ProblemException(
                        ProblemCode.TOO_MANY_KEYS,
                        "You have sent ten thousand keys within a day: go on without them, or tomorrow.",
                        KEY);
        };
    }

    private @Nullable Object first(InvocationContext call, String who, String key, KeptAnswers.Known.Free free)
            throws Exception {
        boolean carriedOut = false;
        try {
            Object answer = call.proceed();
            byte[] body = answer == null ? new byte[0] : mapper.writeValueAsBytes(answer);
            answers.keep(who, key, free, status(call.getMethod(), answer), body);
            carriedOut = true;
            return answer;
        } finally {
            if (!carriedOut) {
                answers.forget(who, key, free);
            }
        }
    }

    private static Response again(KeptAnswers.Known.Done done) {
        Response.ResponseBuilder answer = Response.status(done.status()).header(REPLAYED, "true");
        return done.body().length == 0
                ? answer.build()
                : answer.type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(new String(done.body(), StandardCharsets.UTF_8))
                        .build();
    }

    private static int status(Method method, @Nullable Object answer) {
        ResponseStatus said = method.getAnnotation(ResponseStatus.class);
        Response.Status usual = answer == null ? Response.Status.NO_CONTENT : Response.Status.OK;
        return said == null ? usual.getStatusCode() : said.value();
    }

    private static boolean open(Method method) {
        return method.getDeclaringClass().isAnnotationPresent(WithoutToken.class);
    }

    /** Of all that makes the request what it is; leaves the body to be read once more. */
    private byte[] hash(InvocationContext call) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            HttpServerRequest line = request.getCurrent().request();
            hash.update((line.method() + " " + line.uri() + "\n").getBytes(StandardCharsets.UTF_8));
            Object[] given = call.getParameters();
            for (int at = 0; at < given.length; at++) {
                if (given[at] instanceof InputStream body) {
                    byte[] bytes = body.readNBytes(JsonBody.MOST_BYTES + 1);
                    if (bytes.length > JsonBody.MOST_BYTES) {
                        throw new ProblemException(
                                ProblemCode.TOO_LARGE,
                                "A request with a key has at most " + (JsonBody.MOST_BYTES >> 20)
                                        + " MB: send a larger one without.",
                                KEY);
                    }
                    hash.update(bytes);
                    given[at] = new ByteArrayInputStream(bytes);
                }
            }
            call.setParameters(given);
            return hash.digest();
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.INVALID_JSON, "The body did not arrive whole.");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
