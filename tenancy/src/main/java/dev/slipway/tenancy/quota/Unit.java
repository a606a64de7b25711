package dev.slipway.tenancy.quota;

import java.util.Locale;

/** How amounts of a resource are told to people. */
public enum Unit {
    COUNT,
    MILLICORES,
    BYTES,
    BYTES_PER_SECOND,
    PER_SECOND;

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
