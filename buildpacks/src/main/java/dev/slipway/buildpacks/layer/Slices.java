package dev.slipway.buildpacks.layer;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Splits the app directory into layers, so that a change of one file makes a small layer (CNB buildpack API, slice
 * layers). First the slices that buildpacks ask for, each taking what those before left; then every large top-level
 * directory by itself; the rest last.
 */
public final class Slices {

    private static final long LARGE = 1024L * 1024;
    private static final int MOST_DIRECTORIES = 16;

    private final int prefix;

    private Slices(int prefix) {
        this.prefix = prefix;
    }

    /**
     * Splits.
     *
     * @param app entries of the app directory, sorted; the first is the directory itself
     * @param wanted one list of glob patterns per slice, relative to the app directory
     * @return layers without empty ones; together they hold every entry once
     */
    public static List<List<LayerEntry>> split(List<LayerEntry> app, List<List<String>> wanted) {
        Slices slices = new Slices(app.getFirst().name().length() + 1);
        List<List<LayerEntry>> layers = new ArrayList<>();
        List<LayerEntry> rest = new ArrayList<>(app);
        for (List<String> patterns : wanted) {
            List<PathMatcher> matchers = patterns.stream().map(Slices::matcher).toList();
            List<LayerEntry> taken = new ArrayList<>();
            List<LayerEntry> left = new ArrayList<>();
            for (LayerEntry entry : rest) {
                (slices.matches(entry, matchers) ? taken : left).add(entry);
            }
            layers.add(taken);
            rest = left;
        }
        layers.addAll(slices.large(rest));
        layers.removeIf(List::isEmpty);
        return layers;
    }

    private List<List<LayerEntry>> large(List<LayerEntry> rest) {
        Map<String, Long> sizes = new TreeMap<>();
        for (LayerEntry entry : rest) {
            String top = top(entry);
            if (!top.isEmpty()) {
                sizes.merge(top, entry.size(), Long::sum);
            }
        }
        Map<String, List<LayerEntry>> large = new LinkedHashMap<>();
        sizes.entrySet().stream()
                .filter(size -> size.getValue() >= LARGE)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_DIRECTORIES)
                .forEach(size -> large.put(size.getKey(), new ArrayList<>()));
        List<LayerEntry> small = new ArrayList<>();
        for (LayerEntry entry : rest) {
            large.getOrDefault(top(entry), small).add(entry);
        }
        List<List<LayerEntry>> layers = new ArrayList<>(large.values());
        layers.add(small);
        return layers;
    }

    /** The top-level directory an entry is in, or empty. */
    private String top(LayerEntry entry) {
        String relative = relative(entry);
        int slash = relative.indexOf('/');
        if (slash >= 0) {
            return relative.substring(0, slash);
        }
        return entry.content() instanceof LayerEntry.Directory ? relative : "";
    }

    private String relative(LayerEntry entry) {
        return entry.name().length() < prefix ? "" : entry.name().substring(prefix);
    }

    private boolean matches(LayerEntry entry, List<PathMatcher> matchers) {
        String relative = relative(entry);
        for (int end = relative.length(); end > 0; end = relative.lastIndexOf('/', end - 1)) {
            Path path = Path.of(relative.substring(0, end));
            if (matchers.stream().anyMatch(matcher -> matcher.matches(path))) {
                return true;
            }
        }
        return false;
    }

    private static PathMatcher matcher(String pattern) {
        String clean = pattern.startsWith("./") ? pattern.substring(2) : pattern;
        String trimmed = clean.endsWith("/") ? clean.substring(0, clean.length() - 1) : clean;
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + trimmed);
        } catch (java.util.regex.PatternSyntaxException e) {
            return path -> false;
        }
    }
}
