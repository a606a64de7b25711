package dev.slipway.registry.replicate;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * How many bytes a second may leave, by time of day.
 *
 * @param usual outside of all windows; zero for as many as go
 * @param windows the first that a time lies in holds
 */
public record Bandwidth(long usual, List<Window> windows) {
    /** As many as go, always. */
    public static final Bandwidth UNLIMITED = new Bandwidth(0, List.of());

    /**
     * A part of the day, UTC; over midnight if its end is not after its beginning.
     *
     * @param bytes a second; zero for as many as go
     */
    public record Window(LocalTime from, LocalTime to, long bytes) {
        boolean holds(LocalTime time) {
            boolean afterFrom = !time.isBefore(from);
            boolean beforeTo = time.isBefore(to);
            return from.isBefore(to) ? afterFrom && beforeTo : afterFrom || beforeTo;
        }
    }

    /** Copies what could change. */
    public Bandwidth {
        windows = List.copyOf(windows);
    }

    /**
     * Reads such as {@code 5000000} or {@code 5000000,22:00-06:00=0}.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    public static Bandwidth parse(String text) {
        String[] parts = text.split(",");
        List<Window> windows = new ArrayList<>();
        try {
            for (int i = 1; i < parts.length; i++) {
                String[] sides = parts[i].strip().split("[-=]", 3);
                windows.add(new Window(
                        LocalTime.parse(sides[0]), LocalTime.parse(sides[1]), Long.parseLong(sides[2].strip())));
            }
            return new Bandwidth(Long.parseLong(parts[0].strip()), windows);
        } catch (DateTimeParseException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "a bandwidth is bytes a second and windows of the day, such as 5000000,22:00-06:00=0: " + text, e);
        }
    }

    /** Bytes a second that may leave at a time, UTC; zero for as many as go. */
    public long at(LocalTime time) {
        return windows.stream()
                .filter(window -> window.holds(time))
                .findFirst()
                .map(Window::bytes)
                .orElse(usual);
    }
}
