package dev.slipway.platform.runtime.mesos.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ids of then and the ids they have now, as they are learnt. */
final class ReplayIds {
    private final Map<String, String> now = new HashMap<>();

    void learn(String then, String today) {
        if (!then.isEmpty()) {
            now.put(then, today);
        }
    }

    void learnOffer(JsonNode then, JsonNode today) {
        learn(value(then.path("id")), value(today.path("id")));
        now.putIfAbsent(value(then.path("agent_id")), value(today.path("agent_id")));
    }

    /** Updates and inverse offers that the fake makes by itself have ids of its own. */
    void learnEvent(JsonNode then, JsonNode today) {
        if (!uuid(today).isEmpty() && !now.containsValue(uuid(today))) {
            now.putIfAbsent(uuid(then), uuid(today));
        }
        JsonNode asked = inverse(then);
        if (!asked.isMissingNode()) {
            learn(value(asked), value(inverse(today)));
        }
        if (then.path("type").asText().equals("SUBSCRIBED") && today.has("subscribed")) {
            learn(
                    value(then.path("subscribed").path("framework_id")),
                    value(today.path("subscribed").path("framework_id")));
        }
    }

    /** A uuid that the recording gave and the fake passes on. */
    void same(String uuid) {
        now.put(uuid, uuid);
    }

    private static JsonNode inverse(JsonNode event) {
        return event.path("inverse_offers").path("inverse_offers").path(0).path("id");
    }

    private static String uuid(JsonNode event) {
        String operation =
                value(event.path("update_operation_status").path("status").path("uuid"));
        return operation.isEmpty()
                ? event.path("update").path("status").path("uuid").asText()
                : operation;
    }

    static String value(JsonNode id) {
        return id.path("value").asText();
    }

    /** A text of then in today's ids. */
    String carried(String text) {
        String carried = text;
        // One id may be the beginning of another: the longest first.
        List<String> known = new ArrayList<>(now.keySet());
        known.sort(Comparator.comparing(String::length).reversed());
        for (String id : known) {
            carried = carried.replace(id, now.get(id));
        }
        return carried;
    }
}
