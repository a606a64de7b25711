package dev.slipway.platform.git;

import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.tenant.FailedSignIns;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.zip.GZIPInputStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Git's smart HTTP at {@code /git/{tenant}/{app}.git}: {@code info/refs}, {@code git-upload-pack} and {@code git-receive-pack}, as
 * gitprotocol-http(5) says. A token is the password of Basic, with any user name, or a Bearer.
 */
public final class GitHttp {
    private static final Logger LOG = Logger.getLogger(GitHttp.class);

    /** What every path starts with. */
    public static final String PREFIX = "/git/";

    /** Ahead of the program's own filters: body limits and sign-in are this class's own. */
    private static final int ORDER = -10_000;

    private final GitServer server;
    private final Authenticator authenticator;
    private final FailedSignIns failures;
    private final GitLimits limits;
    private final Executor threads;

    /** @param threads where requests run; they block, so virtual threads */
    public GitHttp(
            GitServer server, Authenticator authenticator, FailedSignIns failures, GitLimits limits, Executor threads) {
        this.server = server;
        this.authenticator = authenticator;
        this.failures = failures;
        this.limits = limits;
        this.threads = threads;
    }

    /** Adds the routes. */
    public void mount(Router router) {
        router.route(PREFIX + "*").order(ORDER).handler(this::handle);
    }

    private void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        InputStream body = new RequestStream(request, Vertx.currentContext());
        ResponseStream out = new ResponseStream(request.response(), limits.clientTimeout());
        threads.execute(() -> {
            try {
                answer(request, body, out);
            } catch (IOException e) {
                LOG.debugf(e, "Git request ended path=%s", request.path());
            } catch (RuntimeException e) {
                LOG.errorf(e, "Git request failed path=%s", request.path());
                if (!request.response().headWritten()) {
                    request.response().setStatusCode(500);
                }
            } finally {
                out.close();
            }
        });
    }

    private void answer(HttpServerRequest request, InputStream body, ResponseStream out) throws IOException {
        Optional<GitRequest> asked = GitRequest.read(request.method(), request.path(), request.getParam("service"));
        if (asked.isEmpty()) {
            refuse(request, out, 404, "Not a git request. A git remote is http://HOST/git/TENANT/APP.git.");
            return;
        }
        String address = String.valueOf(request.remoteAddress().hostAddress());
        Optional<String> token = token(request.getHeader("Authorization"));
        Optional<Principal> principal = token.flatMap(authenticator::byToken);
        if (principal.isEmpty()) {
            // Looked at first: a right token opens the door whatever others behind the same address have tried.
            Optional<Duration> wait = token.isPresent() ? failures.turnedAway(address) : Optional.empty();
            if (wait.isPresent()) {
                long seconds = wait.get().toSeconds() + 1;
                request.response().putHeader("Retry-After", String.valueOf(seconds));
                refuse(request, out, 429, "Too many wrong tokens from this address: try again in " + seconds + " s.");
                return;
            }
            if (token.isPresent()) {
                failures.failed(address);
            }
            request.response().putHeader("WWW-Authenticate", "Basic realm=\"Slipway\", charset=\"UTF-8\"");
            refuse(
                    request,
                    out,
                    401,
                    token.isPresent()
                            ? "This token is unknown, expired or revoked."
                            : "Sign in with a token as the password; the user name does not matter.");
            return;
        }
        switch (server.open(principal.get(), asked.get().path(), asked.get().want())) {
            case RepositoryAccess.NotFound missing -> refuse(request, out, 404, missing.sentence());
            case RepositoryAccess.Forbidden forbidden -> refuse(request, out, 403, forbidden.sentence());
            case RepositoryAccess.Granted granted ->
                serve(
                        request,
                        asked.get(),
                        new PushContext(principal.get(), granted, AcceptedPush.Transport.HTTP),
                        body,
                        out);
        }
    }

    private void serve(
            HttpServerRequest request, GitRequest asked, PushContext context, InputStream body, ResponseStream out)
            throws IOException {
        Optional<String> protocol = Optional.ofNullable(request.getHeader("Git-Protocol"));
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        boolean writes = asked.want() == GitAccess.Want.WRITE;
        request.response()
                .putHeader(
                        "Content-Type",
                        "application/x-git-" + (writes ? "receive" : "upload") + "-pack-"
                                + (asked.advertises() ? "advertisement" : "result"))
                .putHeader("Cache-Control", "no-cache, max-age=0, must-revalidate")
                .putHeader("X-Accel-Buffering", "no");
        if (asked.advertises()) {
            server.advertise(context, asked.want(), protocol, out);
            return;
        }
        InputStream plain =
                "gzip".equals(request.getHeader("Content-Encoding")) ? new GZIPInputStream(body, 1 << 16) : body;
        if (writes) {
            server.push(context, plain, out, false);
        } else {
            server.fetch(context, protocol, plain, out, false);
        }
    }

    private static void refuse(HttpServerRequest request, ResponseStream out, int status, String sentence)
            throws IOException {
        HttpServerResponse response = request.response();
        response.setStatusCode(status).putHeader("Content-Type", "text/plain; charset=utf-8");
        if (!request.isEnded() && !HttpMethod.GET.equals(request.method())) {
            response.putHeader("Connection", "close");
        }
        out.write((sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> token(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.of(header.substring(7).strip());
        }
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            String pair =
                    new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
