package dev.slipway.registry.http;

import dev.slipway.registry.access.Caller;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request and its answer. Answers are given on the request's event loop, wherever they were found. */
final class Exchange {
    private static final int PIECE = 128 * 1024;

    private final HttpServerRequest request;
    private final Context context;
    private final RequestLimits limits;
    private Caller caller = new Caller.Nobody();
    private @Nullable BodyStream body;

    Exchange(HttpServerRequest request, Context context, RequestLimits limits) {
        this.request = request;
        this.context = context;
        this.limits = limits;
    }

    HttpServerRequest request() {
        return request;
    }

    HttpMethod method() {
        return request.method();
    }

    boolean isHead() {
        return request.method() == HttpMethod.HEAD;
    }

    Caller caller() {
        return caller;
    }

    void setCaller(Caller found) {
        this.caller = found;
    }

    RequestLimits limits() {
        return limits;
    }

    /** Where the request comes from. */
    String address() {
        return String.valueOf(request.remoteAddress().hostAddress());
    }

    @Nullable
    String header(CharSequence name) {
        return request.getHeader(name);
    }

    @Nullable
    String query(String name) {
        return request.getParam(name);
    }

    /** Holds the body back until somebody takes it. Called on the event loop before anything else. */
    void holdBody() {
        request.pause();
        body = BodyStream.of(
                request, context, new Patience(limits.bodyPatience().toNanos(), limits.leastBodyBytes()));
    }

    /** Lets the client send the body, and receives it. Called by a thread that may block, once. */
    BodyStream body() {
        BodyStream held = body;
        if (held == null) {
            throw new IllegalStateException(method() + " carries no body");
        }
        context.runOnContext(ready -> {
            if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
                request.response().writeContinue();
            }
            held.start();
        });
        return held;
    }

    /** Answers on the event loop. */
    void answer(Consumer<HttpServerResponse> writer) {
        if (Vertx.currentContext() == context && Context.isOnEventLoopThread()) {
            write(writer);
        } else {
            context.runOnContext(ready -> write(writer));
        }
    }

    private void write(Consumer<HttpServerResponse> writer) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        writer.accept(response);
        if (body != null) {
            body.discard();
        }
    }

    /** Answers with a stream, a piece at a time as the client takes it. Called by a thread that may block. */
    void answerStream(Consumer<HttpServerResponse> head, InputStream content) throws IOException {
        answer(head);
        byte[] piece = new byte[PIECE];
        for (int read = content.read(piece); read >= 0; read = content.read(piece)) {
            Buffer buffer = Buffer.buffer(read).appendBytes(piece, 0, read);
            taken(response -> response.write(buffer));
        }
        taken(HttpServerResponse::end);
    }

    private void taken(Function<HttpServerResponse, Future<Void>> act) throws IOException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        context.runOnContext(ready -> act.apply(request.response()).onComplete(ended -> {
            if (ended.succeeded()) {
                done.complete(null);
            } else {
                done.completeExceptionally(ended.cause());
            }
        }));
        try {
            done.join();
        } catch (CompletionException e) {
            throw new IOException("the client went away", e);
        }
    }

    /** Answers with no body. */
    void answerEmpty(int status, Consumer<HttpServerResponse> headers) {
        answer(response -> {
            response.setStatusCode(status);
            headers.accept(response);
            if (status != 204 && status != 304) {
                response.putHeader("Content-Length", "0");
            }
            response.end();
        });
    }

    /** Answers with bytes, or to HEAD with their length. */
    void answerBytes(int status, String contentType, byte[] content, Consumer<HttpServerResponse> headers) {
        answer(response -> {
            response.setStatusCode(status);
            response.putHeader("Content-Type", contentType);
            response.putHeader("Content-Length", Integer.toString(content.length));
            headers.accept(response);
            if (isHead()) {
                response.end();
            } else {
                response.end(Buffer.buffer(content));
            }
        });
    }

    /** Ends the connection without an answer, when there is nobody left to read one. */
    void hangUp() {
        context.runOnContext(ready -> request.connection().close());
    }
}
