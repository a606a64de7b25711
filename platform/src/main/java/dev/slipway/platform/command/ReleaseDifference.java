package dev.slipway.platform.command;

import dev.slipway.platform.release.ProcessType;
import dev.slipway.platform.release.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one release has that another has not. Config values are compared and never shown.
 *
 * @param from the release that was before, {@code v11}
 * @param image digests before and after; empty when the image is the same
 * @param commit commits before and after; empty when they are the same
 * @param processes process types whose command is other than before, by name
 * @param config variables that are other than before, by name, without their values
 */
public record ReleaseDifference(
        String from, Optional<Turn> image, Optional<Turn> commit, List<Change> processes, List<Change> config) {
    /** From one text to another. */
    public record Turn(String before, String after) {}

    /**
     * A named thing that is other than before.
     *
     * @param kind {@code added}, {@code removed} or {@code changed}
     * @param turn what it was and is; empty texts where it was or is not
     */
    public record Change(String name, String kind, Turn turn) {}

    public ReleaseDifference {
        processes = List.copyOf(processes);
        config = List.copyOf(config);
    }

    /** Whether everything is the same. */
    public boolean none() {
        return image.isEmpty() && commit.isEmpty() && processes.isEmpty() && config.isEmpty();
    }

    static ReleaseDifference of(
            Release before, Map<String, String> configBefore, Release after, Map<String, String> configAfter) {
        return new ReleaseDifference(
                before.version(),
                turn(before.imageDigest(), after.imageDigest()),
                turn(before.commit(), after.commit()),
                changes(commands(before), commands(after), Function.identity()),
                changes(new TreeMap<>(configBefore), new TreeMap<>(configAfter), secret -> ""));
    }

    private static Optional<Turn> turn(String before, String after) {
        return before.equals(after) ? Optional.empty() : Optional.of(new Turn(before, after));
    }

    private static SortedMap<String, String> commands(Release release) {
        return release.processes().stream()
                .collect(Collectors.toMap(
                        ProcessType::name, type -> String.join(" ", type.command()), (one, same) -> one, TreeMap::new));
    }

    private static List<Change> changes(
            SortedMap<String, String> before, SortedMap<String, String> after, Function<String, String> shown) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<Change> changes = new ArrayList<>();
        for (String name : names) {
            String was = before.get(name);
            String is = after.get(name);
            if (!Objects.equals(was, is)) {
                String kind = was == null ? "added" : is == null ? "removed" : "changed";
                changes.add(new Change(
                        name, kind, new Turn(was == null ? "" : shown.apply(was), is == null ? "" : shown.apply(is))));
            }
        }
        return changes;
    }
}
