package dev.slipway.deploy.web;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Fills a database and measures pages for {@code deploy/bench web}: {@code DATABASE API ADMIN LOG-DIRECTORY SECONDS}; prints
 * samples. Its apps are stopped, so that only pages are measured.
 */
public final class WebBench {
    private static final int USERS = 50;
    private static final int COUNTED = 20;
    private static final long MEAN_PAUSE_MILLIS = 1_000;
    private static final List<String> PATHS = List.of(
            "/tenants",
            "/t/bench-7",
            "/t/bench-7/members",
            "/t/bench-7/usage",
            "/t/bench-7/webhooks",
            "/t/bench-7/audit",
            "/t/bench-7/apps/app-7",
            "/t/bench-7/apps/app-7/releases",
            "/t/bench-7/apps/app-7/builds",
            "/t/bench-7/apps/app-7/deployments",
            "/t/bench-7/apps/app-7/processes",
            "/t/bench-7/apps/app-7/config",
            "/account",
            "/api/v1/tenants",
            "/api/v1/tenants/bench-7/apps",
            "/api/v1/tenants/bench-7/apps/app-7",
            "/api/v1/tenants/bench-7/apps/app-7/releases",
            "/api/v1/tenants/bench-7/apps/app-7/builds",
            "/api/v1/tenants/bench-7/apps/app-7/deployments",
            "/api/v1/tenants/bench-7/quotas",
            "/api/v1/tenants/bench-7/usage",
            "/api/v1/tenants/bench-7/events",
            "/api/v1/tenants/bench-7/audit",
            "/api/v1/audit?action=config.",
            "/api/v1/audit?actor=person:p7");

    /** In the order that foreign keys would want; they and the triggers are off meanwhile. */
    private static final List<String> FILL = List.of(
            "insert into tenant select md5('t' || n)::uuid, 'bench-' || n, now(), 'bench' from generate_series(1, 200) n",
            "insert into quota (tenant_id) select md5('t' || n)::uuid from generate_series(1, 200) n",
            "insert into app (id, tenant_id, name, created_at, created_by) select md5('a' || n)::uuid,"
                    + " md5('t' || (1 + n % 200))::uuid, 'app-' || n, now(), 'bench' from generate_series(6, 1005) n",
            "insert into app (id, tenant_id, name, created_at, created_by) values (md5('a7x')::uuid, md5('t7')::uuid,"
                    + " 'app-7', now(), 'bench')",
            "insert into app_settings (app_id, tenant_id, tenant_name, app_name, formation, stopped, live_release_id,"
                    + " next_build, next_release, next_deployment) select a.id, a.tenant_id, t.name, a.name, '{\"web\":2}', true,"
                    + " md5(a.id || 'r20')::uuid, 21, 21, 21 from app a join tenant t on t.id = a.tenant_id"
                    + " where a.created_by = 'bench'",
            "insert into release (id, app_id, number, image_digest, repository, commit_id, description, processes, checks,"
                    + " config_sealed, config_names, created_by, created_at) select md5(a.id || 'r' || n)::uuid, a.id, n,"
                    + " 'sha256:' || repeat('ab', 32), 'bench/app', repeat('0123456789', 4), 'Deploy 0123456: some words',"
                    + " '[{\"name\":\"web\",\"command\":[\"node\",\"server.js\"]}]', '{}', '\\x00', '[]', 'person:p' || n,"
                    + " now() - n * interval '1 hour' from app a, generate_series(1, 20) n where a.created_by = 'bench'",
            "insert into transcript (id, created_at, closed_at) select md5(a.id || k || n)::uuid, now(), now() from app a,"
                    + " generate_series(1, 20) n, unnest(array['b', 'd']) k where a.created_by = 'bench'",
            "insert into build (id, app_id, number, state, commit_id, branch, subject, requested_by, transcript_id, created_at,"
                    + " started_at, finished_at, release_id) select md5(a.id || 'build' || n)::uuid, a.id, n, 'SUCCEEDED',"
                    + " repeat('0123456789', 4), 'main', 'Some words', 'person:p' || n, md5(a.id || 'b' || n)::uuid, now(), now(),"
                    + " now(), md5(a.id || 'r' || n)::uuid from app a, generate_series(1, 20) n where a.created_by = 'bench'",
            "insert into deployment (id, app_id, number, release_id, transcript_id, state, requested_by, created_at,"
                    + " state_since, deadline_at, finished_at) select md5(a.id || 'deploy' || n)::uuid, a.id, n,"
                    + " md5(a.id || 'r' || n)::uuid, md5(a.id || 'd' || n)::uuid, 'DONE', 'person:p' || n, now(), now(), now(),"
                    + " now() from app a, generate_series(1, 20) n where a.created_by = 'bench'",
            "insert into usage_day (tenant_id, app_id, resource, day, amount) select a.tenant_id, a.id, r,"
                    + " current_date - n, 1000000 + n from app a, generate_series(0, 89) n,"
                    + " unnest(array['cpu_millis', 'memory_bytes', 'build_minutes']) r where a.created_by = 'bench'",
            "insert into tenant_event (tenant_id, app, kind, at, data) select md5('t' || (1 + n % 200))::uuid, 'app-7',"
                    + " 'deployment.done', now(), '{\"deployment\":9,\"release\":\"v9\"}' from generate_series(1, 40000) n",
            "insert into audit_entry (seq, at, actor, action, subject, tenant, outcome, details, hash)"
                    + " select 1000000 + n, now() - (1000000 - n) * interval '1 second', 'person:p' || n % 500,"
                    + " (array['config.change', 'app.scale', 'app.restart', 'member.add'])[1 + n % 4], 'bench/app',"
                    + " 'bench-' || (1 + n % 200), 'DONE', '{\"name\":\"x\"}', sha256(n::text::bytea)"
                    + " from generate_series(1, 1000000) n",
            "update audit_head set seq = 2000000");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String api;
    private final String cookie;

    private WebBench(String api, String admin) throws IOException, InterruptedException {
        this.api = api;
        this.cookie = signIn(admin);
    }

    public static void main(String[] words) throws Exception {
        try (Connection database =
                DriverManager.getConnection(words[0], "slipway", System.getenv("SLIPWAY_BENCH_DATABASE_PASSWORD"))) {
            fill(database);
            WebBench bench = new WebBench(words[1], words[2]);
            for (String path : PATHS) {
                bench.get(path);
            }
            bench.people(Math.max(5, Integer.parseInt(words[4]) * 5 / 4), 1);
            bench.people(Integer.parseInt(words[4]), 2).forEach(WebBench::tell);
            bench.count(database, Path.of(words[3]));
        }
    }

    private static void fill(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("set session_replication_role = replica");
            for (String part : FILL) {
                statement.execute(part);
            }
            statement.execute("set session_replication_role = default");
            statement.execute("vacuum analyze");
        }
    }

    private String signIn(String admin) throws IOException, InterruptedException {
        HttpResponse<String> form = http.send(
                HttpRequest.newBuilder(URI.create(api + "/sign-in")).build(), HttpResponse.BodyHandlers.ofString());
        Matcher token = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(form.body());
        if (!token.find()) {
            throw new IOException("no form to sign in: " + form.statusCode());
        }
        String body = "token=" + encoded(token.group(1)) + "&name=" + encoded(admin) + "&password="
                + encoded(System.getenv("SLIPWAY_BENCH_PASSWORD"));
        HttpResponse<String> in = http.send(
                HttpRequest.newBuilder(URI.create(api + "/sign-in"))
                        .header("Cookie", cookie(form))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return cookie(in);
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().allValues("set-cookie").stream()
                .map(value -> value.split(";")[0])
                .filter(value -> value.startsWith("slipway_session="))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no session: " + answer.statusCode()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Milliseconds that one answer takes; an answer that is not good ends the benchmark. */
    private double get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(api + path))
                .header("Cookie", cookie)
                .header("Authorization", "Bearer " + System.getenv("SLIPWAY_BENCH_TOKEN"))
                .build();
        long begun = System.nanoTime();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return (System.nanoTime() - begun) / 1e6;
    }

    /** Fifty people who each read a page and ask for another one about a second later. */
    private Map<String, List<Double>> people(int seconds, long seed) throws Exception {
        Map<String, ConcurrentLinkedQueue<Double>> waited = new ConcurrentHashMap<>();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> people = new ArrayList<>();
            for (int person = 0; person < USERS; person++) {
                Random random = new Random(seed * USERS + person);
                people.add(crowd.submit(() -> {
                    Thread.sleep(random.nextLong(MEAN_PAUSE_MILLIS));
                    while (System.nanoTime() < end) {
                        String path = PATHS.get(random.nextInt(PATHS.size()));
                        waited.computeIfAbsent(path, some -> new ConcurrentLinkedQueue<>())
                                .add(get(path));
                        Thread.sleep(MEAN_PAUSE_MILLIS / 2 + random.nextLong(MEAN_PAUSE_MILLIS));
                    }
                    return null;
                }));
            }
            for (Future<?> person : people) {
                person.get();
            }
        }
        Map<String, List<Double>> all = new ConcurrentHashMap<>();
        waited.forEach((path, times) -> all.put(path, times.stream().sorted().toList()));
        return all;
    }

    private static void tell(String path, List<Double> sorted) {
        sample(path, "p50", "ms", quantile(sorted, 0.5));
        sample(path, "p95", "ms", quantile(sorted, 0.95));
    }

    private static double quantile(List<Double> sorted, double share) {
        return sorted.get((int) Math.ceil(sorted.size() * share) - 1);
    }

    private static void sample(String path, String metric, String unit, double value) {
        System.out.printf(java.util.Locale.ROOT, "%s\t%s\t%s\t%.2f%n", path, metric, unit, value);
    }

    /** Statements of each page: those logged while it is asked for, less those that the loops make meanwhile. */
    private void count(Connection database, Path log) throws Exception {
        try (Statement statement = database.createStatement()) {
            statement.execute("alter system set log_statement = 'all'");
            statement.execute("select pg_reload_conf()");
            Thread.sleep(2_000);
            long before = logged(log);
            long begun = System.nanoTime();
            Thread.sleep(5_000);
            double perNano = (double) (logged(log) - before) / (System.nanoTime() - begun);
            for (String path : PATHS) {
                before = logged(log);
                begun = System.nanoTime();
                for (int time = 0; time < COUNTED; time++) {
                    get(path);
                }
                long nanos = System.nanoTime() - begun;
                Thread.sleep(50);
                double made = logged(log) - before - perNano * nanos;
                sample(path, "statements", "n", Math.max(0, Math.rint(made / COUNTED * 10) / 10));
            }
            statement.execute("alter system reset log_statement");
            statement.execute("select pg_reload_conf()");
        }
    }

    /** Lines of statements that read or change something. */
    private static long logged(Path directory) throws IOException {
        long count = 0;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                count += Arrays.stream(Files.readString(file).split("\n"))
                        .filter(line -> line.contains("execute ") || line.contains("statement: "))
                        .filter(line ->
                                !line.matches(".*(?:>|S_\\d+|C_\\d+|statement): (?:BEGIN|COMMIT|ROLLBACK|SET|SHOW).*"))
                        .count();
            }
        }
        return count;
    }
}
