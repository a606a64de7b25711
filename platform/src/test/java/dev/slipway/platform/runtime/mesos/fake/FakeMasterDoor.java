package dev.slipway.platform.runtime.mesos.fake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Who comes in at the master's port: redirects, accounts, and which API a call is for. */
final class FakeMasterDoor {
    private final FakeMesosMaster master;
    private final FakeOperatorApi operator;
    private final Map<String, String> accounts;

    FakeMasterDoor(FakeMesosMaster master, FakeOperatorApi operator, Map<String, String> accounts) {
        this.master = master;
        this.operator = operator;
        this.accounts = Map.copyOf(accounts);
    }

    void handle(FakeHttp.Request request) throws IOException {
        String path = request.path.startsWith("/master/") ? request.path.substring("/master".length()) : request.path;
        try {
            String to = master.redirect();
            if (to != null && !path.equals("/health") && !path.equals("/version")) {
                request.answer(
                        307,
                        "",
                        new byte[0],
                        "Location",
                        "//" + to + (path.equals("/redirect") ? "" : "/master" + path));
                return;
            }
            if (path.equals("/health")) {
                request.text(200, "");
                return;
            }
            if (path.equals("/version")) {
                request.answer(
                        200,
                        FakeBody.JSON,
                        ("{\"version\":\"" + master.version() + "\"}").getBytes(StandardCharsets.UTF_8));
                return;
            }
            if (path.equals("/redirect")) {
                String nobody = master.unavailable();
                if (FakeMesosMaster.NOBODY_LEADS.equals(nobody)) {
                    throw new FakeBody.RefusedException(503, nobody);
                }
                request.answer(307, "", new byte[0], "Location", "//127.0.0.1:" + master.port());
                return;
            }
            Optional<String> principal = authenticate(request, path);
            if (!path.equals("/api/v1") && !path.equals("/api/v1/scheduler")) {
                request.text(404, "404 Not Found.");
                return;
            }
            if (!request.method.equals("POST")) {
                request.answer(
                        405,
                        "text/plain; charset=utf-8",
                        ("405 Method Not Allowed. Expecting one of { 'POST' }, but received '" + request.method + "'.")
                                .getBytes(StandardCharsets.UTF_8),
                        "Allow",
                        "POST");
                return;
            }
            String reason = master.unavailable();
            if (reason != null) {
                throw new FakeBody.RefusedException(503, reason);
            }
            if (path.equals("/api/v1")) {
                operator.handle(request, principal);
            } else {
                if (master.refuses()) {
                    throw new FakeBody.RefusedException(503, "asked to refuse");
                }
                master.scheduler().handle(request, principal);
            }
        } catch (FakeBody.RefusedException e) {
            if (e.status == 401) {
                request.answer(
                        401,
                        "text/html",
                        "401 Unauthorized.".getBytes(StandardCharsets.UTF_8),
                        "WWW-Authenticate",
                        "Basic realm=\"mesos-master-" + (path.equals("/api/v1") ? "readwrite" : "scheduler") + "\"");
            } else {
                request.text(e.status, String.valueOf(e.getMessage()));
            }
        }
    }

    private Optional<String> authenticate(FakeHttp.Request request, String path) throws FakeBody.RefusedException {
        if (accounts.isEmpty()) {
            return Optional.empty();
        }
        String header = request.headers.getOrDefault("authorization", "");
        for (Map.Entry<String, String> account : accounts.entrySet()) {
            String pair = account.getKey() + ":" + account.getValue();
            String basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            if (header.equals(basic) || header.equals("Bearer " + account.getValue())) {
                return Optional.of(account.getKey());
            }
        }
        throw new FakeBody.RefusedException(401, path);
    }
}
