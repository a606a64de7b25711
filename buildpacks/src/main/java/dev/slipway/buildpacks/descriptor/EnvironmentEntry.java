package dev.slipway.buildpacks.descriptor;

import java.util.regex.Pattern;

/**
 * A variable that an app wants.
 *
 * @param description what it is for, or empty
 * @param value the value a new app starts with, or empty
 * @param required whether a deployment without a value is refused
 * @param secret whether a value is made up when there is none ({@code "generator": "secret"})
 */
public record EnvironmentEntry(String description, String value, boolean required, boolean secret) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    static EnvironmentEntry read(String name, LocatedJson entry) throws DescriptorException {
        if (!NAME.matcher(name).matches()) {
            throw entry.problem("a variable's name has letters, digits and '_' and starts with no digit.");
        }
        if (entry.isText()) {
            return new EnvironmentEntry("", entry.text(), false, false);
        }
        entry.object();
        String generator = entry.get("generator").textOr("");
        if (!generator.isEmpty() && !generator.equals("secret")) {
            throw entry.get("generator").problem("the only generator is 'secret'.");
        }
        LocatedJson value = entry.get("value");
        return new EnvironmentEntry(
                entry.get("description").textOr(""),
                value.present() ? value.scalar() : "",
                entry.get("required").booleanOr(!value.present() && generator.isEmpty()),
                !generator.isEmpty());
    }
}
