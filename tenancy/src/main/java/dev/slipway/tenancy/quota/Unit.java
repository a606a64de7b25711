package dev.slipway.tenancy.quota;

import dev.slipway.tenancy.identity.InvalidNameException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How amounts of a resource are told to people. */
public enum Unit {
    COUNT,
    MILLICORES,
    BYTES,
    BYTES_PER_SECOND,
    PER_SECOND;

    private static final Pattern BYTES_TEXT = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,3})?) ?(K|M|G|T|)(?:I?B)?");
    private static final Pattern CPU_TEXT = Pattern.compile("([0-9]{1,7}(?:\\.[0-9]{1,3})?)(M|)");
    private static final String LETTERS = " KMGT";
    private static final int SHIFT = 10;
    private static final String[] BYTE_UNITS = {"bytes", "KB", "MB", "GB", "TB", "PB"};

    /** An amount with its unit, for example {@code 512 MB} (of 1024 × 1024 bytes) or {@code 0.25 cpu}. */
    public String tell(long amount) {
        return switch (this) {
            case COUNT -> Long.toString(amount);
            case MILLICORES -> decimals(amount / 1000.0) + " cpu";
            case BYTES -> bytes(amount);
            case BYTES_PER_SECOND -> bytes(amount) + "/s";
            case PER_SECOND -> amount + "/s";
        };
    }

    /**
     * Reads an amount as people write it: {@code 512M}, {@code 1.5 GB}, {@code 0.25} or {@code 250m} of cpu, {@code 20}.
     *
     * @throws InvalidNameException for what is none
     */
    public long read(String text) {
        return switch (this) {
            case COUNT, PER_SECOND -> readCount(text);
            case MILLICORES -> readCpu(text);
            case BYTES, BYTES_PER_SECOND -> readBytes(text);
        };
    }

    /** Writes an amount so that {@link #read} gives the very same. */
    public String write(long amount) {
        return switch (this) {
            case COUNT, PER_SECOND -> Long.toString(amount);
            case MILLICORES ->
                BigDecimal.valueOf(amount, 3).stripTrailingZeros().toPlainString();
            case BYTES, BYTES_PER_SECOND -> {
                int unit = amount == 0 ? 0 : Math.min(Long.numberOfTrailingZeros(amount) / SHIFT, LETTERS.length() - 1);
                yield (amount >> (unit * SHIFT))
                        + LETTERS.substring(unit, unit + 1).strip();
            }
        };
    }

    private static long readBytes(String text) {
        Matcher matcher = BYTES_TEXT.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw refused(text, "Write an amount of bytes like 256M or 1.5G.");
        }
        int unit = matcher.group(2).isEmpty() ? 0 : LETTERS.indexOf(matcher.group(2));
        BigDecimal bytes = new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(1L << (unit * SHIFT)))
                .setScale(0, RoundingMode.HALF_UP);
        if (bytes.unscaledValue().bitLength() > Long.SIZE - 2) {
            throw refused(text, "That is more than can be counted.");
        }
        return bytes.longValue();
    }

    private static long readCpu(String text) {
        Matcher matcher = CPU_TEXT.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw refused(text, "Write cpu in cores like 0.5 or 2, or in thousandths like 250m.");
        }
        BigDecimal value = new BigDecimal(matcher.group(1));
        BigDecimal millis = matcher.group(2).isEmpty() ? value.movePointRight(3) : value;
        return millis.setScale(0, RoundingMode.HALF_UP).longValue();
    }

    private static long readCount(String text) {
        String count = text.strip();
        if (!count.matches("[0-9]{1,6}")) {
            throw refused(text, "Write a whole number such as 3.");
        }
        return Integer.parseInt(count);
    }

    private static InvalidNameException refused(String text, String sentence) {
        return new InvalidNameException("amount", text, sentence);
    }

    private static String bytes(long amount) {
        double value = amount;
        int unit = 0;
        while (value >= 1024 && unit < BYTE_UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return decimals(value) + " " + BYTE_UNITS[unit];
    }

    private static String decimals(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }
}
