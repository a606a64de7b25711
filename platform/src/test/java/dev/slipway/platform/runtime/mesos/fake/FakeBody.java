package dev.slipway.platform.runtime.mesos.fake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.mesos.protobuf.InvalidProtocolBufferException;
import org.apache.mesos.protobuf.Message;

/** Content types both ways, as the master's HTTP layer treats them. */
final class FakeBody {
    static final String JSON = "application/json";
    static final String PROTOBUF = "application/x-protobuf";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private FakeBody() {}

    /** An answer instead of a result. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        final int status;

        RefusedException(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    static <B extends Message.Builder> B read(FakeHttp.Request request, B builder) throws RefusedException {
        String type = request.headers.get("content-type");
        if (type == null) {
            throw new RefusedException(400, "Expecting 'Content-Type' to be present");
        }
        if (type.equals(PROTOBUF)) {
            try {
                builder.mergeFrom(request.body);
                return builder;
            } catch (InvalidProtocolBufferException e) {
                throw new RefusedException(400, "Failed to parse body into Call protobuf");
            }
        }
        if (!type.equals(JSON)) {
            throw new RefusedException(415, "Expecting 'Content-Type' of application/json or application/x-protobuf");
        }
        JsonNode json;
        try {
            json = MAPPER.readTree(new String(request.body, StandardCharsets.UTF_8));
            if (json.isMissingNode()) {
                throw new RefusedException(400, "Failed to parse body into JSON: syntax error at line 1 near: ");
            }
        } catch (JsonProcessingException e) {
            throw new RefusedException(400, "Failed to parse body into JSON: syntax error at line 1 near: ");
        }
        try {
            return ProtoJson.read(json, builder);
        } catch (ProtoJson.BadBodyException e) {
            throw new RefusedException(400, "Failed to convert JSON into Call protobuf: " + e.getMessage());
        }
    }

    /** The type of the answer. */
    static boolean json(FakeHttp.Request request) throws RefusedException {
        String accept = request.headers.getOrDefault("accept", "*/*");
        if (accept.contains(JSON) || accept.contains("*/*")) {
            return true;
        }
        if (accept.contains(PROTOBUF)) {
            return false;
        }
        throw new RefusedException(406, "Expecting 'Accept' to allow 'application/x-protobuf' or 'application/json'");
    }

    static void answer(FakeHttp.Request request, Message message) throws IOException, RefusedException {
        if (json(request)) {
            request.answer(200, JSON, ProtoJson.write(message).toString().getBytes(StandardCharsets.UTF_8));
        } else {
            request.answer(200, PROTOBUF, message.toByteArray());
        }
    }
}
