package dev.slipway.platform.verbs;

import dev.slipway.tenancy.quota.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads amounts as people write them: {@code 512M}, {@code 1.5G}, {@code 0.25}, {@code 250m}. */
final class Amount {
    private static final Pattern BYTES = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,3})?)(K|M|G|T|)(?:I?B)?");
    private static final Map<String, Integer> SHIFTS = Map.of("", 0, "K", 10, "M", 20, "G", 30, "T", 40);
    private static final Pattern CPU = Pattern.compile("([0-9]{1,7}(?:\\.[0-9]{1,3})?)(M|)");

    private Amount() {}

    /** Bytes, with units of 1024. */
    static long bytes(String text) {
        Matcher matcher = BYTES.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new UsageException("Write memory like 256M or 1.5G.");
        }
        BigDecimal unit = BigDecimal.valueOf(1L << SHIFTS.getOrDefault(matcher.group(2), 0));
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(unit).setScale(0, RoundingMode.HALF_UP);
        if (bytes.unscaledValue().bitLength() > Long.SIZE - 2) {
            throw new UsageException("That is more memory than can be counted.");
        }
        return bytes.longValue();
    }

    /** Thousandths of a core: cores ({@code 0.25}) or thousandths ({@code 250m}). */
    static long cpuMillis(String text) {
        Matcher matcher = CPU.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new UsageException("Write cpu in cores like 0.5 or 2, or in thousandths like 250m.");
        }
        BigDecimal value = new BigDecimal(matcher.group(1));
        BigDecimal millis = matcher.group(2).isEmpty() ? value.movePointRight(3) : value;
        return millis.setScale(0, RoundingMode.HALF_UP).longValue();
    }

    /** A count. */
    static int count(String text) {
        if (!text.matches("[0-9]{1,6}")) {
            throw new UsageException("Write a whole number such as 3.");
        }
        return Integer.parseInt(text);
    }

    /** An amount in the unit of a resource. */
    static long of(Unit unit, String text) {
        return switch (unit) {
            case COUNT, PER_SECOND -> count(text);
            case MILLICORES -> cpuMillis(text);
            case BYTES, BYTES_PER_SECOND -> bytes(text);
        };
    }
}
