package dev.slipway.platform.runtime.mesos.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.mesos.protobuf.ByteString;
import org.apache.mesos.protobuf.Descriptors.EnumValueDescriptor;
import org.apache.mesos.protobuf.Descriptors.FieldDescriptor;
import org.apache.mesos.protobuf.Message;

/** Mesos' own mapping between protobuf and JSON, with its refusals word for word. */
final class ProtoJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ProtoJson() {}

    /** What is wrong with a body. */
    static final class BadBodyException extends Exception {
        private static final long serialVersionUID = 1L;

        BadBodyException(String message) {
            super(message);
        }
    }

    static <B extends Message.Builder> B read(JsonNode json, B builder) throws BadBodyException {
        if (!json.isObject()) {
            throw new BadBodyException("Expecting a JSON object");
        }
        fill(json, builder);
        List<String> missing = builder.findInitializationErrors();
        // The type of a call is asked for by the validation of calls, not by the parser.
        if (!missing.isEmpty()) {
            throw new BadBodyException("Missing required fields: " + String.join(", ", missing));
        }
        return builder;
    }

    private static void fill(JsonNode json, Message.Builder builder) throws BadBodyException {
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            FieldDescriptor field = builder.getDescriptorForType().findFieldByName(entry.getKey());
            JsonNode value = entry.getValue();
            if (field == null || value.isNull()) {
                continue;
            }
            if (field.isMapField()) {
                if (!value.isObject()) {
                    throw new BadBodyException(
                            "Not expecting a JSON " + kind(value) + " for field '" + field.getName() + "'");
                }
                map(field, value, builder);
            } else if (field.isRepeated()) {
                if (!value.isArray()) {
                    throw new BadBodyException(
                            "Not expecting a JSON " + kind(value) + " for field '" + field.getName() + "'");
                }
                for (JsonNode each : value) {
                    Object one = one(field, each, builder);
                    if (one != null) {
                        builder.addRepeatedField(field, one);
                    }
                }
            } else {
                Object one = one(field, value, builder);
                if (one != null) {
                    builder.setField(field, one);
                }
            }
        }
    }

    private static void map(FieldDescriptor field, JsonNode value, Message.Builder builder) throws BadBodyException {
        for (Map.Entry<String, JsonNode> each : value.properties()) {
            Message.Builder entry = builder.newBuilderForField(field);
            FieldDescriptor content = entry.getDescriptorForType().findFieldByName("value");
            entry.setField(entry.getDescriptorForType().findFieldByName("key"), each.getKey());
            Message.Builder inner = entry.newBuilderForField(content);
            if (!each.getValue().isObject()) {
                throw new BadBodyException(
                        "Not expecting a JSON " + kind(each.getValue()) + " for field '" + field.getName() + "'");
            }
            fill(each.getValue(), inner);
            entry.setField(content, inner.buildPartial());
            builder.addRepeatedField(field, entry.build());
        }
    }

    private static Object one(FieldDescriptor field, JsonNode value, Message.Builder parent) throws BadBodyException {
        BadBodyException wrong =
                new BadBodyException("Not expecting a JSON " + kind(value) + " for field '" + field.getName() + "'");
        return switch (field.getJavaType()) {
            case MESSAGE -> {
                if (!value.isObject()) {
                    throw wrong;
                }
                Message.Builder child = parent.newBuilderForField(field);
                fill(value, child);
                yield child.buildPartial();
            }
            case STRING -> {
                if (!value.isTextual()) {
                    throw wrong;
                }
                yield value.asText();
            }
            case BYTE_STRING -> {
                if (!value.isTextual()) {
                    throw wrong;
                }
                yield bytes(field, value.asText());
            }
            case ENUM -> {
                if (!value.isTextual()) {
                    throw wrong;
                }
                yield field.getEnumType().findValueByName(value.asText());
            }
            case BOOLEAN -> {
                if (!value.isBoolean()) {
                    throw wrong;
                }
                yield value.asBoolean();
            }
            case INT -> number(value, wrong).intValue();
            case LONG -> number(value, wrong).longValue();
            case FLOAT -> number(value, wrong).floatValue();
            case DOUBLE -> number(value, wrong).doubleValue();
        };
    }

    private static Number number(JsonNode value, BadBodyException wrong) throws BadBodyException {
        if (value.isNumber()) {
            return value.numberValue();
        }
        if (value.isTextual()) {
            try {
                return Double.valueOf(value.asText());
            } catch (NumberFormatException e) {
                throw wrong;
            }
        }
        throw wrong;
    }

    private static ByteString bytes(FieldDescriptor field, String text) throws BadBodyException {
        for (char c : text.toCharArray()) {
            if (!(Character.isLetterOrDigit(c) || c == '+' || c == '/' || c == '=')) {
                throw new BadBodyException(
                        "Failed to base64 decode bytes field '" + field.getName() + "': Invalid character '" + c + "'");
            }
        }
        return ByteString.copyFrom(Base64.getDecoder().decode(text));
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> "number";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case ARRAY -> "array";
            default -> "object";
        };
    }

    static ObjectNode write(Message message) {
        ObjectNode json = JSON.objectNode();
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            if (field.isRepeated()) {
                ArrayNode array = json.putArray(field.getName());
                for (Object each : new ArrayList<>((List<?>) entry.getValue())) {
                    array.add(node(each));
                }
            } else {
                json.set(field.getName(), node(entry.getValue()));
            }
        }
        return json;
    }

    private static JsonNode node(Object value) {
        return switch (value) {
            case Message message -> write(message);
            case ByteString bytes -> JSON.textNode(Base64.getEncoder().encodeToString(bytes.toByteArray()));
            case EnumValueDescriptor name -> JSON.textNode(name.getName());
            case String text -> JSON.textNode(text);
            case Boolean flag -> JSON.booleanNode(flag);
            case Integer number -> JSON.numberNode(number);
            case Long number -> JSON.numberNode(number);
            case Double number -> JSON.numberNode(number);
            case Float number -> JSON.numberNode(number);
            default -> throw new IllegalStateException("no JSON for " + value.getClass());
        };
    }
}
