package dev.slipway.platform.runtime.mesos.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.platform.loop.ManualTime;
import dev.slipway.platform.runtime.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Says to the fake what was said to the real master, at the same times, and compares what comes back. */
final class Replay implements AutoCloseable {
    private static final Pattern MASTER = Pattern.compile("^//127\\.0\\.0\\.1:(\\d+)");
    private static final Set<Integer> AGENTS = Set.of(5051, 5052);
    private static final Set<String> PATHS =
            Set.of("/api/v1/scheduler", "/api/v1", "/redirect", "/master/redirect", "/health", "/version");

    private final ManualTime time = new ManualTime();
    private final ReplayIds ids = new ReplayIds();
    private final ReplayCluster cluster;
    private final ReplayExecutors executors;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Map<String, ReplayStream> streams = new LinkedHashMap<>();
    private final List<String> differences = new ArrayList<>();
    private final List<JsonNode> lines;
    private double now;
    private int compared;

    Replay(Map<String, String> accounts, List<JsonNode> lines) throws Exception {
        this.lines = lines;
        this.cluster = new ReplayCluster(time, accounts, lines);
        this.executors = new ReplayExecutors(cluster.master(), ids, lines);
    }

    FakeMesosMaster master() {
        return cluster.master();
    }

    ReplayExecutors executors() {
        return executors;
    }

    int compared() {
        return compared;
    }

    /** Plays everything; what differed. */
    List<String> run() throws Exception {
        for (JsonNode line : lines) {
            line(line);
        }
        streams.forEach((name, stream) -> stream.rest()
                .forEach(event -> differences.add("nobody expected on stream " + name + ": " + Essence.of(event))));
        return differences;
    }

    private void line(JsonNode line) throws Exception {
        double at = line.path("t").asDouble();
        for (double due : executors.between(now, at)) {
            advance(due);
        }
        advance(at);
        cluster.order(line.path("n").asInt());
        executors.before(line.path("n").asInt());
        switch (line.path("kind").asText()) {
            case "subscribe" -> subscribe(line);
            case "exchange" -> exchange(line);
            case "event" -> event(line);
            case "stream_end" -> streamEnd(line);
            case "note" -> cluster.note(line.path("text").asText(), now);
            default -> {}
        }
    }

    private void advance(double at) {
        if (at > now) {
            time.advance(Duration.ofNanos(Math.round((at - now) * 1e9)));
            now = at;
        }
        executors.sayUntil(now);
    }

    private void differ(JsonNode line, String what, Object expected, Object actual) {
        differences.add("line " + line.path("n").asInt() + " ("
                + line.path("label").asText("") + "): " + what + "\n   real: " + expected + "\n   fake: " + actual);
    }

    private HttpRequest request(JsonNode line) {
        JsonNode request = line.path("request");
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                + cluster.port(ReplayCluster.port(line)) + request.path("path").asText()));
        request.path("headers").properties().forEach(header -> {
            if (!header.getValue().isNull()) {
                builder.header(header.getKey(), ids.carried(header.getValue().asText()));
            }
        });
        String body = ids.carried(Recording.body(request));
        return builder.method(
                        request.path("method").asText(),
                        body.isEmpty() && !request.path("method").asText().equals("POST")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private void subscribe(JsonNode line) throws Exception {
        HttpResponse<InputStream> response = client.send(request(line), HttpResponse.BodyHandlers.ofInputStream());
        compared++;
        int status = line.path("response").path("status").asInt();
        if (response.statusCode() != status) {
            differ(line, "status of SUBSCRIBE", status, response.statusCode());
        }
        if (response.statusCode() == 200) {
            JsonNode id = line.path("response").path("headers").path("Mesos-Stream-Id");
            response.headers().firstValue("Mesos-Stream-Id").ifPresent(fake -> ids.learn(id.asText(), fake));
            boolean operator = line.path("request").path("path").asText().equals("/api/v1");
            streams.put(line.path("stream").asText(), new ReplayStream(response.body(), operator));
        } else {
            compareText(line, new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private void compareText(JsonNode line, String actual) {
        Recording.text(line.path("response")).map(ids::carried).ifPresent(expected -> {
            if (!expected.equals(actual)) {
                differ(line, "body", expected, actual);
            }
        });
    }

    private void exchange(JsonNode line) throws Exception {
        JsonNode real = line.path("response");
        boolean passedOn = real.path("headers").has("Location");
        boolean older = !PATHS.contains(line.path("request").path("path").asText());
        if (AGENTS.contains(ReplayCluster.port(line)) || older && !passedOn) {
            return;
        }
        HttpResponse<String> response = client.send(request(line), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 501) {
            return;
        }
        compared++;
        int status = real.path("status").asInt();
        if (response.statusCode() != status) {
            differ(line, "status", status + " " + real.path("body"), response.statusCode() + " " + response.body());
            return;
        }
        if (status != 200) {
            compareText(line, response.body());
        }
        String location = MASTER.matcher(real.path("headers").path("Location").asText())
                .replaceFirst(found -> "//127.0.0.1:" + cluster.port(Integer.parseInt(found.group(1))));
        String went = response.headers().firstValue("Location").orElse("");
        if (!location.equals(went)) {
            differ(line, "Location", location, went);
        }
    }

    private void event(JsonNode line) throws Exception {
        JsonNode real = line.path("event");
        ReplayStream stream = streams.get(line.path("stream").asText());
        String type = real.path("type").asText();
        if (type.equals("HEARTBEAT") || stream == null) {
            return;
        }
        if (type.equals("OFFERS")) {
            for (JsonNode offer : real.path("offers").path("offers")) {
                cluster.back(offer.path("hostname").asText());
                offer(line, stream, offer);
            }
            return;
        }
        cause(type, real);
        JsonNode fake = stream.next(real, event -> Essence.of(event).equals(ids.carried(Essence.of(real))));
        compared++;
        if (fake == null) {
            differ(line, "event", Essence.of(real), "nothing came");
            return;
        }
        ids.learnEvent(real, fake);
        String expected = ids.carried(Essence.of(real));
        if (!expected.equals(Essence.of(fake))) {
            differ(line, "event", expected, Essence.of(fake));
        }
    }

    /** What in the world brought the event about, where no call did. */
    private void cause(String type, JsonNode real) {
        JsonNode status = real.path("update").path("status");
        executors.say(status);
        cluster.told(status.path("message").asText());
        if (type.equals("AGENT_ADDED")) {
            JsonNode agent = real.path("agent_added").path("agent").path("agent_info");
            cluster.back(agent.path("hostname").asText());
        }
        if (type.equals("INVERSE_OFFERS")) {
            cluster.allocate();
        }
    }

    /** The allocation cycle comes round when it did then, unless the offer is there without. */
    private void offer(JsonNode line, ReplayStream stream, JsonNode real) throws InterruptedException {
        compared++;
        String expected = Essence.offered(real);
        JsonNode fake = stream.offer(expected, 10);
        if (fake == null) {
            cluster.allocate();
            fake = stream.offer(expected, 5_000);
        }
        if (fake == null) {
            differ(line, "offer", expected, stream.held());
        } else {
            ids.learnOffer(real, fake);
        }
    }

    private void streamEnd(JsonNode line) throws IOException {
        ReplayStream stream = streams.get(line.path("stream").asText());
        if (stream == null || !line.path("how").asText().equals("closed by the client")) {
            return;
        }
        long before = cluster.connected();
        stream.close();
        if (!stream.operator()) {
            Await.until("the fake noticed", Duration.ofSeconds(5), () -> cluster.connected() < before);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        cluster.close();
        assertThat(compared).isPositive();
    }
}
