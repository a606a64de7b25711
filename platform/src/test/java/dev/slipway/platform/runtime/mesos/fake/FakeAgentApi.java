package dev.slipway.platform.runtime.mesos.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.mesos.protobuf.ByteString;
import org.apache.mesos.v1.agent.Protos.Call;
import org.apache.mesos.v1.agent.Protos.Response;

/** The agents' HTTP side: sandbox files and container statistics. One port serves all agents of the fake. */
final class FakeAgentApi {
    private static final Pattern SANDBOX =
            Pattern.compile("(?:.*/slaves/[^/]+)?/frameworks/([^/]+)/executors/([^/]+)/runs/([^/]+)(?:/([^/]+))?");
    private static final int MOST = 65_536;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final FakeCluster cluster;

    FakeAgentApi(FakeCluster cluster) {
        this.cluster = cluster;
    }

    void handle(FakeHttp.Request request) throws IOException {
        switch (request.path) {
            case "/files/read" -> read(request);
            case "/files/browse" -> browse(request);
            case "/containers" -> containers(request);
            case "/api/v1" -> call(request);
            default -> request.text(404, "404 Not Found.");
        }
    }

    private Optional<FakeTask> task(Matcher path) {
        synchronized (cluster) {
            String key = FakeTask.key(path.group(1), path.group(2));
            List<FakeTask> all = new ArrayList<>(cluster.completed);
            Optional.ofNullable(cluster.tasks.get(key)).ifPresent(all::add);
            return all.reversed().stream()
                    .filter(task -> task.key().equals(key)
                            && (path.group(3).equals("latest") || path.group(3).equals(task.containerId)))
                    .findFirst();
        }
    }

    private void browse(FakeHttp.Request request) throws IOException {
        String path = request.query.get("path");
        if (path == null) {
            request.text(400, "Expecting 'path=value' in query.\n");
            return;
        }
        Matcher parts = SANDBOX.matcher(path);
        Optional<FakeTask> task = parts.matches() ? task(parts) : Optional.empty();
        if (task.isEmpty()) {
            request.text(404, "");
            return;
        }
        ArrayNode list = JSON.arrayNode();
        task.get().sandbox.sizes().forEach((name, size) -> {
            ObjectNode file = list.addObject();
            file.put("gid", "root").put("mode", "-rw-r--r--").put("nlink", 1);
            file.put("path", path + "/" + name).put("size", size).put("uid", "root");
        });
        json(request, list.toString());
    }

    private void read(FakeHttp.Request request) throws IOException {
        String path = request.query.get("path");
        if (path == null) {
            request.text(400, "Expecting 'path=value' in query.\n");
            return;
        }
        long offset;
        try {
            offset = Long.parseLong(request.query.getOrDefault("offset", "-1"));
        } catch (NumberFormatException e) {
            request.text(
                    400,
                    "Failed to parse offset: Failed to convert '" + request.query.get("offset") + "' to number.\n");
            return;
        }
        Matcher parts = SANDBOX.matcher(path);
        Optional<FakeTask> task = parts.matches() ? task(parts) : Optional.empty();
        if (task.isPresent() && parts.group(4) == null) {
            request.text(400, "Cannot read a directory.\n");
            return;
        }
        Integer size =
                task.map(each -> each.sandbox.sizes().get(parts.group(4))).orElse(null);
        if (size == null) {
            request.text(404, "");
            return;
        }
        long length = Math.min(MOST, Long.parseLong(request.query.getOrDefault("length", String.valueOf(MOST))));
        byte[] data = offset < 0 || offset > size
                ? new byte[0]
                : task.get().sandbox.read(parts.group(4), offset, length < 0 ? MOST : length);
        ObjectNode answer = JSON.objectNode();
        // Mesos makes a JSON string of the bytes as they are.
        answer.put("data", new String(data, StandardCharsets.UTF_8)).put("offset", offset < 0 ? size : offset);
        json(request, answer.toString());
    }

    private void call(FakeHttp.Request request) throws IOException {
        try {
            Call call = FakeBody.read(request, Call.newBuilder()).build();
            if (call.getType() != Call.Type.READ_FILE) {
                throw new FakeBody.RefusedException(501, "This fake agent does not know " + call.getType());
            }
            Matcher parts = SANDBOX.matcher(call.getReadFile().getPath());
            Optional<FakeTask> task = parts.matches() ? task(parts) : Optional.empty();
            Integer size =
                    task.map(each -> each.sandbox.sizes().get(parts.group(4))).orElse(null);
            if (size == null) {
                throw new FakeBody.RefusedException(404, "");
            }
            long offset = call.getReadFile().getOffset();
            long length = call.getReadFile().hasLength()
                    ? Math.min(MOST, call.getReadFile().getLength())
                    : MOST;
            byte[] data = offset > size ? new byte[0] : task.get().sandbox.read(parts.group(4), offset, length);
            FakeBody.answer(
                    request,
                    Response.newBuilder()
                            .setType(Response.Type.READ_FILE)
                            .setReadFile(
                                    Response.ReadFile.newBuilder().setSize(size).setData(ByteString.copyFrom(data)))
                            .build());
        } catch (FakeBody.RefusedException e) {
            request.text(e.status, String.valueOf(e.getMessage()));
        }
    }

    private void containers(FakeHttp.Request request) throws IOException {
        ArrayNode list = JSON.arrayNode();
        synchronized (cluster) {
            for (FakeTask task : cluster.tasks.values()) {
                if (task.terminal()) {
                    continue;
                }
                ObjectNode each = list.addObject();
                each.put("container_id", task.containerId).put("executor_id", task.id());
                each.put("framework_id", task.frameworkId).put("source", task.id());
                each.putObject("statistics")
                        .put("cpus_system_time_secs", 0.01)
                        .put("cpus_user_time_secs", 0.02)
                        .put("mem_rss_bytes", 2_998_272)
                        .put("mem_limit_bytes", task.resources.amount("mem") * 1024 * 1024 / 1000)
                        .put("timestamp", cluster.clock.instant().toEpochMilli() / 1000.0);
            }
        }
        json(request, list.toString());
    }

    private static void json(FakeHttp.Request request, String text) throws IOException {
        request.answer(200, FakeBody.JSON, text.getBytes(StandardCharsets.UTF_8));
    }
}
