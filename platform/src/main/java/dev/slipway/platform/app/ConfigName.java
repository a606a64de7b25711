package dev.slipway.platform.app;

import java.util.Set;
import java.util.regex.Pattern;

/** The name of a config variable: a portable environment variable name (POSIX.1-2017, 8.1) that Slipway does not set itself. */
public record ConfigName(String value) {
    private static final Pattern PATTERN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");
    private static final Set<String> OURS = Set.of("PORT", "SOURCE_COMMIT");

    public ConfigName {
        if (!PATTERN.matcher(value).matches()) {
            throw new InvalidSettingException("'" + shown(value)
                    + "' cannot be the name of an environment variable: use letters, digits and _, not a digit first");
        }
        if (OURS.contains(value) || value.startsWith("SLIPWAY_")) {
            throw new InvalidSettingException(value + " is set by Slipway for each instance and cannot be changed");
        }
    }

    private static String shown(String value) {
        String clean = value.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= 60 ? clean : clean.substring(0, 57) + "…";
    }
}
