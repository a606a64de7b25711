package dev.slipway.platform.runtime.mesos.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.platform.loop.ManualTime;
import dev.slipway.platform.runtime.Await;
import dev.slipway.platform.runtime.mesos.wire.RecordIoDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.mesos.protobuf.ByteString;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;

/**
 * Says to the fake what was said to the real master, at the same times, and compares what comes back. Executors are the
 * recording's: what they reported then is reported now. Ids differ and are carried over as they are learnt.
 */
final class Replay implements AutoCloseable {
    private static final Set<String> SKIPPED = Set.of("HEARTBEAT");

    private final ManualTime time = new ManualTime();
    private final FakeMesosMaster master;
    private final FakeAgent[] agents;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final Map<String, InputStream> bodies = new HashMap<>();
    private final Map<String, BlockingQueue<JsonNode>> streams = new HashMap<>();
    private final Map<String, List<JsonNode>> pools = new HashMap<>();
    private final Set<String> uuids = new HashSet<>();
    private final Map<String, List<JsonNode>> early = new HashMap<>();
    private final List<String> differences = new ArrayList<>();
    private final List<JsonNode> reports = new ArrayList<>();
    private double offset = Double.MAX_VALUE;
    private double now;
    private int compared;

    Replay(Map<String, String> accounts) {
        master = new FakeMesosMaster(
                FakeBehaviour.standard(time, time, Execution.SILENT).with(accounts));
        agents = new FakeAgent[] {
            master.agent("127.0.0.1", FakeResources.of(4, 8192, 10_000, 31_000, 32_000), attributes("dc1", "r1")),
            master.agent("127.0.0.2", FakeResources.of(4, 8192, 10_000, 32_001, 33_000), attributes("dc2", "r2"))
        };
    }

    private static Map<String, String> attributes(String dc, String rack) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("dc", dc);
        attributes.put("rack", rack);
        return attributes;
    }

    /** Learns beforehand when executors said what. */
    void prepare(List<JsonNode> lines) {
        for (JsonNode line : lines) {
            JsonNode status = line.path("event").path("update").path("status");
            if (status.has("uuid") && uuids.add(status.path("uuid").asText())) {
                reports.add(status);
                offset = Math.min(
                        offset,
                        line.path("t").asDouble() - status.path("timestamp").asDouble());
            }
        }
        reports.sort(java.util.Comparator.comparingDouble(
                status -> status.path("timestamp").asDouble()));
        uuids.clear();
    }

    private void reportWhatIsDue() {
        for (JsonNode status : reports) {
            boolean due = status.path("timestamp").asDouble() + offset <= now;
            String task = status.path("task_id").path("value").asText();
            if (due && master.tasks().containsKey(task)) {
                report(status);
            }
        }
    }

    FakeMesosMaster master() {
        return master;
    }

    FakeAgent agent(int index) {
        return agents[index];
    }

    int compared() {
        return compared;
    }

    List<String> differences() {
        early.forEach((stream, events) -> events.forEach(
                event -> differences.add("nobody expected on stream " + stream + ": " + Essence.of(event))));
        early.clear();
        return differences;
    }

    void line(JsonNode line) throws Exception {
        double at = line.path("t").asDouble();
        if (at > now) {
            time.advance(Duration.ofMillis(Math.round((at - now) * 1000)));
            now = at;
        }
        reportWhatIsDue();
        switch (line.path("kind").asText()) {
            case "subscribe" -> subscribe(line);
            case "exchange" -> exchange(line);
            case "event" -> event(line);
            case "stream_end" -> streamEnd(line);
            case "note" -> note(line.path("text").asText());
            default -> {}
        }
    }

    private void differ(JsonNode line, String what, Object expected, Object actual) {
        differences.add("line " + line.path("n").asInt() + " ("
                + line.path("label").asText("") + "): " + what + "\n   real: " + expected + "\n   fake: " + actual);
    }

    private String carried(String text) {
        String carried = text;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            carried = carried.replace(id.getKey(), id.getValue());
        }
        return carried;
    }

    private HttpRequest request(JsonNode line) {
        JsonNode request = line.path("request");
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(
                "http://127.0.0.1:" + master.port() + request.path("path").asText()));
        request.path("headers").properties().forEach(header -> {
            if (!header.getValue().isNull()) {
                builder.header(header.getKey(), carried(header.getValue().asText()));
            }
        });
        String body = carried(Recording.body(request));
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
        String stream = line.path("stream").asText();
        if (response.statusCode() == 200) {
            response.headers()
                    .firstValue("Mesos-Stream-Id")
                    .ifPresent(id -> ids.put(
                            line.path("response")
                                    .path("headers")
                                    .path("Mesos-Stream-Id")
                                    .asText(),
                            id));
            BlockingQueue<JsonNode> inbox = new LinkedBlockingQueue<>();
            streams.put(stream, inbox);
            pools.put(stream, new ArrayList<>());
            bodies.put(stream, response.body());
            Thread.startVirtualThread(() -> read(response.body(), inbox));
        } else {
            compareText(line, new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static void read(InputStream body, BlockingQueue<JsonNode> inbox) {
        RecordIoDecoder decoder = new RecordIoDecoder(1 << 24);
        byte[] piece = new byte[8192];
        try (body) {
            for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
                decoder.feed(
                        ByteBuffer.wrap(piece, 0, read),
                        record -> inbox.add(Recording.parse(new String(record, StandardCharsets.UTF_8))));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void compareText(JsonNode line, String actual) {
        Recording.text(line.path("response")).map(this::carried).ifPresent(expected -> {
            if (!expected.equals(actual)) {
                differ(line, "body", expected, actual);
            }
        });
    }

    private void exchange(JsonNode line) throws Exception {
        String path = line.path("request").path("path").asText();
        if (!path.equals("/api/v1/scheduler") && !path.equals("/api/v1")) {
            return;
        }
        if (!line.path("peer").asText().matches("127.0.0.1:50[0-9]0")) {
            return; // an agent's
        }
        HttpResponse<String> response = client.send(request(line), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 501) {
            return;
        }
        compared++;
        int status = line.path("response").path("status").asInt();
        if (response.statusCode() != status) {
            differ(
                    line,
                    "status",
                    status + " " + line.path("response").path("body"),
                    response.statusCode() + " " + response.body());
            return;
        }
        if (status != 200) {
            compareText(line, response.body());
        }
    }

    private void event(JsonNode line) throws Exception {
        JsonNode real = line.path("event");
        String type = real.path("type").asText();
        String stream = line.path("stream").asText();
        if (SKIPPED.contains(type) || !streams.containsKey(stream)) {
            return;
        }
        if (type.equals("OFFERS")) {
            for (JsonNode offer : real.path("offers").path("offers")) {
                offer(line, stream, offer);
            }
            return;
        }
        if (type.equals("UPDATE")) {
            report(real.path("update").path("status"));
        }
        agentsOf(real.path("update").path("status").path("message").asText());
        JsonNode fake = next(stream);
        String wanted = carried(Essence.of(real));
        // The master goes through its tasks in no order.
        List<JsonNode> early = this.early.computeIfAbsent(stream, key -> new ArrayList<>());
        for (JsonNode known : List.copyOf(early)) {
            if (Essence.of(known).equals(wanted)) {
                early.remove(known);
                if (fake != null) {
                    early.add(fake);
                }
                fake = known;
                break;
            }
        }
        while (fake != null
                && Essence.unordered(real)
                && Essence.unordered(fake)
                && !Essence.of(fake).equals(wanted)) {
            early.add(fake);
            fake = next(stream);
        }
        compared++;
        if (fake == null) {
            differ(line, "event", Essence.of(real), "nothing came");
            return;
        }
        if (type.equals("SUBSCRIBED") && fake.path("type").asText().equals(type)) {
            ids.put(
                    real.path("subscribed").path("framework_id").path("value").asText(),
                    fake.path("subscribed").path("framework_id").path("value").asText());
        }
        String expected = carried(Essence.of(real));
        if (!expected.equals(Essence.of(fake))) {
            differ(line, "event", expected, Essence.of(fake));
        }
    }

    /** What an executor or agent said then it says now, once. */
    private void report(JsonNode status) {
        if (!status.has("uuid") || !uuids.add(status.path("uuid").asText())) {
            return;
        }
        master.executor(
                status.path("task_id").path("value").asText(),
                TaskState.valueOf(status.path("state").asText()),
                builder -> {
                    builder.setUuid(ByteString.copyFrom(
                            Base64.getDecoder().decode(status.path("uuid").asText())));
                    builder.setSource(
                            TaskStatus.Source.valueOf(status.path("source").asText()));
                    if (status.has("message")) {
                        builder.setMessage(status.path("message").asText());
                    }
                    if (status.has("reason")) {
                        builder.setReason(
                                TaskStatus.Reason.valueOf(status.path("reason").asText()));
                    }
                });
    }

    /** The second agent's machine is the recording's too: it goes and comes as it did then. */
    private void agentsOf(String message) {
        synchronized (master.cluster()) {
            if (message.equals("health check timed out") && agents[1].standing != FakeAgent.Standing.UNREACHABLE) {
                master.cluster().unreachable(agents[1]);
            }
            if (message.startsWith("Unreachable agent re-") && agents[1].standing == FakeAgent.Standing.UNREACHABLE) {
                master.cluster().returned(agents[1]);
            }
        }
    }

    private void note(String text) {
        synchronized (master.cluster()) {
            if (text.contains("Agent 2 is stopped with SIGKILL")) {
                master.cluster().disconnected(agents[1]);
            }
        }
    }

    private JsonNode next(String stream) throws InterruptedException {
        while (true) {
            JsonNode event = streams.get(stream).poll(700, TimeUnit.MILLISECONDS);
            if (event == null) {
                return null;
            }
            switch (event.path("type").asText()) {
                case "HEARTBEAT" -> {}
                case "OFFERS" -> event.path("offers").path("offers").forEach(pools.get(stream)::add);
                default -> {
                    return event;
                }
            }
        }
    }

    private void offer(JsonNode line, String stream, JsonNode real) throws InterruptedException {
        compared++;
        String expected = Essence.offered(real);
        for (int attempt = 0; attempt < 2; attempt++) {
            drain(stream, attempt == 0 ? 30 : 500);
            List<JsonNode> pool = pools.get(stream);
            for (JsonNode fake : List.copyOf(pool)) {
                if (Essence.offered(fake).equals(expected)) {
                    pool.remove(fake);
                    learn(real, fake);
                    return;
                }
            }
            // Only the phase of the allocation cycle differs: let it come round.
            synchronized (master.cluster()) {
                master.allocate();
            }
        }
        differ(
                line,
                "offer",
                expected,
                pools.get(stream).stream().map(Essence::offered).toList());
    }

    private void drain(String stream, int millis) throws InterruptedException {
        List<JsonNode> rest = new ArrayList<>();
        for (JsonNode event = streams.get(stream).poll(millis, TimeUnit.MILLISECONDS);
                event != null;
                event = streams.get(stream).poll(5, TimeUnit.MILLISECONDS)) {
            if (event.path("type").asText().equals("OFFERS")) {
                event.path("offers").path("offers").forEach(pools.get(stream)::add);
            } else if (!event.path("type").asText().equals("HEARTBEAT")) {
                rest.add(event);
            }
        }
        streams.get(stream).addAll(rest);
    }

    private void learn(JsonNode real, JsonNode fake) {
        ids.put(
                real.path("id").path("value").asText(),
                fake.path("id").path("value").asText());
        ids.putIfAbsent(
                real.path("agent_id").path("value").asText(),
                fake.path("agent_id").path("value").asText());
    }

    private void streamEnd(JsonNode line) throws IOException {
        if (line.path("how").asText().equals("closed by the client")) {
            InputStream body = bodies.remove(line.path("stream").asText());
            if (body != null) {
                long before = connected();
                body.close();
                Await.until("the fake noticed", Duration.ofSeconds(5), () -> connected() < before);
            }
        }
    }

    private long connected() {
        synchronized (master.cluster()) {
            return master.cluster().frameworks.values().stream()
                    .filter(FakeFramework::connected)
                    .count();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        master.close();
        assertThat(compared).isPositive();
    }
}
