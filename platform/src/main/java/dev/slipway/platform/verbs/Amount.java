package dev.slipway.platform.verbs;

import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.quota.Unit;

/** Reads amounts as people type them; what is none is a mistake in the typing. */
final class Amount {
    private Amount() {}

    /** Bytes, with units of 1024: {@code 512M}, {@code 1.5G}. */
    static long bytes(String text) {
        return of(Unit.BYTES, text);
    }

    /** Thousandths of a core: cores ({@code 0.25}) or thousandths ({@code 250m}). */
    static long cpuMillis(String text) {
        return of(Unit.MILLICORES, text);
    }

    /** A count. */
    static int count(String text) {
        return Math.toIntExact(of(Unit.COUNT, text));
    }

    /** An amount in the unit of a resource. */
    static long of(Unit unit, String text) {
        try {
            return unit.read(text);
        } catch (InvalidNameException e) {
            throw new UsageException(e.sentence());
        }
    }
}
