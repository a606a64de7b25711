package dev.slipway.platform.runtime.mesos.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What of two events has to be the same: everything but ids, times and order where the real one has none. */
final class Essence {
    private static final Pattern AMOUNT =
            Pattern.compile("(?:cpus|mem|disk|ports)(?:\\(allocated: [^)]*\\))?(?:\\(reservations: \\[[^\\]]*\\]\\))?"
                    + "(?:\\[[^\\]]*\\])?:(?:\\[[^\\]]*\\]|-?[0-9.]+)");

    private Essence() {}

    /** What of an event has to be the same. */
    static String of(JsonNode event) {
        String type = event.path("type").asText();
        return switch (type) {
            case "UPDATE" -> {
                JsonNode status = event.path("update").path("status");
                Map<String, String> parts = new TreeMap<>();
                for (String name : List.of("state", "source", "reason", "message", "uuid")) {
                    parts.put(name, words(status.path(name).asText()));
                }
                parts.put("task", status.path("task_id").path("value").asText());
                parts.put("unreachable", String.valueOf(status.has("unreachable_time")));
                yield type + parts;
            }
            case "UPDATE_OPERATION_STATUS" -> {
                JsonNode status = event.path("update_operation_status").path("status");
                yield type + " " + status.path("operation_id").path("value").asText() + " "
                        + status.path("state").asText() + " " + status.has("uuid") + " "
                        + words(status.path("message").asText());
            }
            case "TASK_UPDATED" ->
                type + " "
                        + event.path("task_updated")
                                .path("status")
                                .path("state")
                                .asText();
            case "TASK_ADDED" ->
                type + " "
                        + event.path("task_added")
                                .path("task")
                                .path("task_id")
                                .path("value")
                                .asText();
            case "RESCIND" -> type;
            case "ERROR" -> type + " " + event.path("error").path("message").asText();
            case "FAILURE" -> type + " " + event.path("failure").has("executor_id");
            default -> type;
        };
    }

    /** Mesos keeps resources in no order: in its messages they are sorted here. */
    private static String words(String message) {
        List<String> amounts = new ArrayList<>();
        String rest = AMOUNT.matcher(message).replaceAll(found -> {
            amounts.add(found.group());
            return "_";
        });
        Collections.sort(amounts);
        return amounts.isEmpty() ? message : rest.replaceAll("_(?:; _)*", "_") + " " + amounts;
    }

    static String offered(JsonNode offer) {
        Map<String, String> parts = new TreeMap<>();
        for (JsonNode resource : offer.path("resources")) {
            String volume = resource.path("disk").path("persistence").path("id").asText();
            String owner = resource.path("reservations").path(0).path("role").asText();
            parts.put(
                    resource.path("name").asText()
                            + (owner.isEmpty() ? "" : " of " + owner)
                            + (volume.isEmpty() ? "" : " in " + volume),
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
