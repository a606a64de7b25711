package dev.slipway.platform.runtime.mesos.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What of two events has to be the same: everything but ids, times and order where the real one has none. */
final class Essence {
    private Essence() {}

    /** What of an event has to be the same. */
    static String of(JsonNode event) {
        String type = event.path("type").asText();
        return switch (type) {
            case "UPDATE" -> {
                JsonNode status = event.path("update").path("status");
                Map<String, String> parts = new TreeMap<>();
                for (String name : List.of("state", "source", "reason", "message", "uuid")) {
                    parts.put(name, status.path(name).asText());
                }
                parts.put("task", status.path("task_id").path("value").asText());
                parts.put("unreachable", String.valueOf(status.has("unreachable_time")));
                yield type + parts;
            }
            case "RESCIND" -> type;
            case "ERROR" -> type + " " + event.path("error").path("message").asText();
            case "FAILURE" -> type + " " + event.path("failure").has("executor_id");
            default -> type;
        };
    }

    static String offered(JsonNode offer) {
        Map<String, String> parts = new TreeMap<>();
        for (JsonNode resource : offer.path("resources")) {
            parts.put(
                    resource.path("name").asText(),
                    resource.has("scalar")
                            ? String.valueOf(
                                    resource.path("scalar").path("value").asDouble())
                            : resource.path("ranges").path("range").toString());
        }
        parts.put("host", offer.path("hostname").asText());
        List<String> attributes = new ArrayList<>();
        offer.path("attributes")
                .forEach(attribute -> attributes.add(attribute.path("name").asText() + "="
                        + attribute.path("text").path("value").asText()));
        return parts + " " + attributes;
    }

    static boolean unordered(JsonNode event) {
        String reason = event.path("update").path("status").path("reason").asText();
        return reason.equals("REASON_RECONCILIATION")
                || reason.equals("REASON_AGENT_REMOVED")
                || reason.equals("REASON_AGENT_REREGISTERED");
    }
}
