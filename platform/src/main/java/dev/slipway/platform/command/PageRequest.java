package dev.slipway.platform.command;

import dev.slipway.platform.app.InvalidSettingException;
import java.util.Optional;

/**
 * Which page of numbered things is wanted.
 *
 * @param before only things with a smaller number
 * @param limit 1 to {@link Page#MOST}
 */
public record PageRequest(int before, int limit) {
    public PageRequest {
        if (limit < 1 || limit > Page.MOST) {
            throw new InvalidSettingException("A page has 1 to " + Page.MOST + " entries, not " + limit + ".");
        }
    }

    /** The newest things. */
    public static PageRequest newest(int limit) {
        return new PageRequest(Integer.MAX_VALUE, limit);
    }

    /**
     * The page after the one that ended with {@code cursor}.
     *
     * @throws InvalidSettingException when the cursor is not one that a page gave
     */
    public static PageRequest after(Optional<String> cursor, int limit) {
        try {
            return new PageRequest(cursor.map(Integer::parseInt).orElse(Integer.MAX_VALUE), limit);
        } catch (NumberFormatException e) {
            throw new InvalidSettingException("The cursor is not one that this list gave; begin without one.");
        }
    }
}
