package dev.slipway.buildpacks.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Events as the lines that a push shows: an arrow for each stage, seven spaces before what a stage prints, an
 * exclamation mark before what went wrong.
 */
public final class PushFormat {

    private static final String STAGE = "-----> ";
    private static final String DETAIL = "       ";
    private static final String ERROR = " !     ";

    private final String registryHost;

    /**
     * Prepares to render.
     *
     * @param registryHost host and port by which the registry is pulled from, for example {@code 127.0.0.1:8080}
     */
    public PushFormat(String registryHost) {
        this.registryHost = registryHost;
    }

    /** The lines of an event, without line ends; none if the event is not for people. */
    public List<String> lines(BuildEvent event) {
        return switch (event) {
            case BuildEvent.Detected it ->
                List.of(STAGE + "Detected: " + it.name() + (it.reason().isEmpty() ? "" : " (" + it.reason() + ")"));
            case BuildEvent.Output it -> List.of((DETAIL + it.text()).stripTrailing());
            case BuildEvent.Notice it -> List.of(DETAIL + it.text());
            case BuildEvent.ImageWritten it ->
                List.of(STAGE + "Image: " + registryHost + "/" + it.repository() + "@"
                        + it.image() + " " + size(it.bytes()) + ", " + it.newLayers() + " of " + it.layers()
                        + " layers new");
            case BuildEvent.PhaseEnded it -> List.of();
            case BuildEvent.Failed it -> error(it.sentences());
        };
    }

    private static List<String> error(List<String> sentences) {
        List<String> lines = new ArrayList<>();
        for (String sentence : sentences) {
            sentence.lines().forEach(line -> lines.add((ERROR + line).stripTrailing()));
        }
        return lines;
    }

    /** A number of bytes for people: {@code 41 MB}, {@code 3 kB}. */
    public static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes / 1000.0;
        for (String unit : List.of("kB", "MB", "GB")) {
            if (value < 999.5 || unit.equals("GB")) {
                return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, unit);
            }
            value /= 1000;
        }
        throw new IllegalStateException("unreachable");
    }
}
