package dev.slipway.platform.command;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.runtime.LogSink;
import dev.slipway.platform.runtime.LogStream;
import dev.slipway.platform.runtime.NoSuchInstanceException;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.identity.AppRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What an app's instances write, merged by time. */
@ApplicationScoped
public class LogCommands {
    private static final Duration READ_BOUND = Duration.ofSeconds(10);
    private static final int MOST_ENDED = 20;

    private final AppDoor door;
    private final Instances instances;
    private final Runtimes runtimes;
    private final Clock clock;
    private final StandingGuard guard;

    LogCommands(AppDoor door, Instances instances, Runtimes runtimes, Clock clock, StandingGuard guard) {
        this.door = door;
        this.instances = instances;
        this.runtimes = runtimes;
        this.clock = clock;
        this.guard = guard;
    }

    /**
     * The newest lines, oldest first, also of instances that ended a short while ago.
     *
     * @throws UnavailableException when the runtime does not answer
     */
    public List<LogLine> tail(Principal principal, AppRef ref, LogRequest request) throws InterruptedException {
        return past(door.enter(principal, Permission.APP_LOGS, ref), request).lines();
    }

    /** Follows something that has been found and allowed. */
    @FunctionalInterface
    public interface Following {
        /** Gives lines to the sink as they come, until it wants no more or the thread is interrupted. */
        void to(LogLine.Sink sink) throws InterruptedException;
    }

    /**
     * The newest lines and then each new one of the instances there are and those that will be: restarts, deployments and
     * scaling do not end it, nor does a runtime that is away for a while. Losing the permission does.
     */
    public Following follow(Principal principal, AppRef ref, LogRequest request) {
        AppSettings app = door.enter(principal, Permission.APP_LOGS, ref);
        return sink -> {
            Past past = past(app, request);
            for (LogLine line : past.lines()) {
                if (!sink.accept(line)) {
                    return;
                }
            }
            try (MergedLogs merged = new MergedLogs(runtimes, clock, past.newest())) {
                guard.during(
                        principal,
                        Permission.APP_LOGS,
                        ref,
                        () -> merged.follow(() -> wanted(instances.unended(app.id()).stream(), request), sink));
            }
        };
    }

    private record Past(List<LogLine> lines, Map<String, Instant> newest) {}

    private Past past(AppSettings app, LogRequest request) throws InterruptedException {
        List<Instance> some = wanted(
                Stream.concat(
                        instances.unended(app.id()).stream(),
                        instances.kept(app.id()).stream().limit(MOST_ENDED)),
                request);
        List<LogLine> lines = new ArrayList<>();
        Map<String, Instant> newest = new HashMap<>();
        for (Instance instance : some) {
            for (LogLine line : read(instance, Math.max(request.tail(), 1))) {
                lines.add(line);
                newest.merge(instance.id().text(), line.at(), (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        lines.sort(Comparator.comparing(LogLine::at));
        return new Past(lines.subList(Math.max(0, lines.size() - request.tail()), lines.size()), newest);
    }

    private List<LogLine> read(Instance instance, int tail) throws InterruptedException {
        List<LogLine> lines = new ArrayList<>();
        LogSink sink = (at, stream, text) -> {
            synchronized (lines) {
                lines.add(line(instance, at, stream, text));
            }
        };
        try (LogStream stream = runtimes.of(instance.site()).logs(instance.id(), false, tail, sink)) {
            stream.awaitEnd(READ_BOUND);
        } catch (NoSuchInstanceException e) {
            return List.of();
        } catch (RuntimeUnavailableException e) {
            throw new UnavailableException("The logs cannot be read now: the site does not answer. Try again soon.", e);
        }
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    private static List<Instance> wanted(Stream<Instance> all, LogRequest request) {
        return all.filter(instance -> request.wants(instance.name())).toList();
    }

    static LogLine line(Instance instance, Instant at, LogSink.Stream stream, String text) {
        return new LogLine(at, instance.name(), stream.name().toLowerCase(Locale.ROOT), text);
    }
}
