package dev.slipway.web.page;

import dev.slipway.platform.app.InvalidSettingException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;

/** The fields of a form that came back. */
public final class Form {
    private final MultivaluedMap<String, String> fields;

    private Form(MultivaluedMap<String, String> fields) {
        this.fields = fields;
    }

    public static Form of(MultivaluedMap<String, String> fields) {
        return new Form(fields);
    }

    /** The field without space around it; empty when it is not there. */
    public String text(String name) {
        return exact(name).strip();
    }

    /** The field as it was typed. */
    public String exact(String name) {
        String value = fields.getFirst(name);
        return value == null ? "" : value;
    }

    /** All values of a field that can be chosen more than once. */
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    public boolean has(String name) {
        return !text(name).isEmpty();
    }

    /** @throws InvalidSettingException when it is no whole number */
    public int number(String name) {
        try {
            return Integer.parseInt(text(name));
        } catch (NumberFormatException e) {
            throw new InvalidSettingException("\"" + name + "\" has to be a whole number.");
        }
    }

    /** @throws InvalidSettingException when it is no number */
    public double decimal(String name) {
        try {
            return Double.parseDouble(text(name));
        } catch (NumberFormatException e) {
            throw new InvalidSettingException("\"" + name + "\" has to be a number.");
        }
    }
}
