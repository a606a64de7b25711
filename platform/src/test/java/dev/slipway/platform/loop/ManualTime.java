package dev.slipway.platform.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/** A clock and a timer that move only when a test moves them; tasks run on the thread that moves the time. */
public final class ManualTime implements InstantSource, Timer {
    private record Waiting(Instant due, long order, Runnable task) {}

    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(Comparator.comparing(Waiting::due).thenComparing(Waiting::order));
    private Instant now;
    private long order;

    public ManualTime() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    public ManualTime(Instant now) {
        this.now = now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized Scheduled after(Duration delay, Runnable task) {
        Duration wait = delay.isNegative() ? Duration.ZERO : delay;
        Waiting entry = new Waiting(now.plus(wait), order++, task);
        waiting.add(entry);
        return () -> forget(entry);
    }

    /** Runs what is due now, also what that schedules for now. */
    public void runDue() {
        advance(Duration.ZERO);
    }

    /** Moves the time, running each task at its own instant. */
    public void advance(Duration by) {
        Instant end = instant().plus(by);
        Deque<Waiting> due = new ArrayDeque<>();
        while (take(end, due)) {
            due.removeFirst().task().run();
        }
        synchronized (this) {
            now = end;
        }
    }

    /** How long until the next task; throws when none waits. */
    public synchronized Duration untilNext() {
        Waiting next = waiting.peek();
        if (next == null) {
            throw new AssertionError("nothing is scheduled");
        }
        return Duration.between(now, next.due());
    }

    public synchronized int scheduled() {
        return waiting.size();
    }

    private synchronized boolean take(Instant end, Deque<Waiting> due) {
        Waiting next = waiting.peek();
        if (next == null || next.due().isAfter(end)) {
            return false;
        }
        waiting.remove();
        now = next.due().isAfter(now) ? next.due() : now;
        due.add(next);
        return true;
    }

    private synchronized void forget(Waiting entry) {
        waiting.remove(entry);
    }
}
