package dev.slipway.platform.runtime.mesos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.platform.runtime.Usage;
import dev.slipway.platform.runtime.mesos.wire.Asking;
import dev.slipway.platform.runtime.mesos.wire.HttpAnswer;
import dev.slipway.platform.runtime.mesos.wire.MasterAddress;
import java.io.IOException;
import java.util.Optional;
import org.apache.mesos.protobuf.InvalidProtocolBufferException;
import org.apache.mesos.v1.agent.Protos.Call;
import org.apache.mesos.v1.agent.Protos.Response;

/** Files of a task's sandbox and figures of its container, asked from its agent. */
final class SandboxFiles {
    /** An agent gives no more at once, whatever is asked. */
    static final int MOST = 65_536;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Asking asking;

    SandboxFiles(Asking asking) {
        this.asking = asking;
    }

    /**
     * A piece of a file.
     *
     * @param size of the whole file now
     * @param data from the offset on, at most 64 KiB; empty at or beyond the end
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Piece(long size, byte[] data) {}

    /**
     * Reads from a file; empty when there is none (yet, or any more).
     *
     * @throws IOException when the agent does not answer
     */
    Optional<Piece> read(String frameworkId, MesosTask task, String file, long offset, long length) throws IOException {
        Call call = Call.newBuilder()
                .setType(Call.Type.READ_FILE)
                .setReadFile(Call.ReadFile.newBuilder()
                        .setPath("/frameworks/" + frameworkId + "/executors/"
                                + task.id().text() + "/runs/latest/" + file)
                        .setOffset(offset)
                        .setLength(Math.min(MOST, length)))
                .build();
        HttpAnswer answer = asking.post(agent(task), call.toByteArray());
        if (answer.status() == 404) {
            return Optional.empty();
        }
        try {
            if (answer.taken()) {
                Response.ReadFile read = Response.parseFrom(answer.body()).getReadFile();
                return Optional.of(new Piece(read.getSize(), read.getData().toByteArray()));
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IOException("The agent " + agent(task) + " answered with something that cannot be read", e);
        }
        throw new IOException("Tried to read " + file + " of " + task.id() + " from the agent " + agent(task) + ": "
                + answer.summary());
    }

    /** What the container has used; empty when the agent has none of it. */
    Optional<Usage> usage(String frameworkId, MesosTask task) throws IOException {
        HttpAnswer answer = asking.get(agent(task), "/containers");
        if (!answer.taken()) {
            throw new IOException(
                    "Tried to measure " + task.id() + " at the agent " + agent(task) + ": " + answer.summary());
        }
        for (JsonNode container : JSON.readTree(answer.body())) {
            if (container.path("executor_id").asText().equals(task.id().text())
                    && container.path("framework_id").asText().equals(frameworkId)) {
                JsonNode statistics = container.path("statistics");
                double seconds = statistics.path("cpus_user_time_secs").asDouble()
                        + statistics.path("cpus_system_time_secs").asDouble();
                return Optional.of(new Usage(
                        Math.round(seconds * 1e9),
                        statistics
                                .path("mem_rss_bytes")
                                .asLong(statistics.path("mem_total_bytes").asLong())));
            }
        }
        return Optional.empty();
    }

    private static MasterAddress agent(MesosTask task) throws IOException {
        if (task.host().isEmpty() || task.agentPort() == 0) {
            throw new IOException("It is not known where " + task.id() + " runs");
        }
        return new MasterAddress(task.host(), task.agentPort());
    }
}
