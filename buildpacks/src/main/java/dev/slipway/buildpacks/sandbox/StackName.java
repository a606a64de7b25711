package dev.slipway.buildpacks.sandbox;

import java.util.regex.Pattern;

/**
 * Names a stack: a build image and the run image that belongs to it, for example {@code slipway:1}.
 *
 * <p>The engine knows the build image as {@code <family>-build:<version>} and the run image as
 * {@code <family>-run:<version>}; the registry holds the run image as {@code <family>/run:<version>}.
 */
public record StackName(String family, String version) {

    private static final Pattern FAMILY = Pattern.compile("[a-z][a-z0-9]{0,29}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");

    public StackName {
        if (!FAMILY.matcher(family).matches() || !VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("A stack is named like slipway:1, not like " + family + ":" + version);
        }
    }

    /**
     * Reads the text form.
     *
     * @param text {@code family:version}
     */
    public static StackName parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("A stack is named like slipway:1, not like " + text);
        }
        return new StackName(text.substring(0, colon), text.substring(colon + 1));
    }

    /** Name of the build image in the engine. */
    public String buildImage() {
        return family + "-build:" + version;
    }

    /** Name of the run image in the engine. */
    public String runImage() {
        return family + "-run:" + version;
    }

    @Override
    public String toString() {
        return family + ":" + version;
    }
}
