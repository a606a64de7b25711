package dev.slipway.platform.event;

import dev.slipway.tenancy.identity.InvalidNameException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place among events: the transaction that wrote one, and its number.
 *
 * @param transaction an unsigned number, as PostgreSQL's xid8 has it
 */
public record EventPlace(long transaction, long number) {
    /** Before all. */
    public static final EventPlace BEGIN = new EventPlace(0, 0);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    /** @throws InvalidNameException when no event has such an id */
    public static EventPlace parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new InvalidNameException("event", text, "An event's id is as this list gives it: 812-44.");
        }
        return new EventPlace(Long.parseLong(form.group(1)), Long.parseLong(form.group(2)));
    }

    @Override
    public String toString() {
        return transaction + "-" + number;
    }
}
