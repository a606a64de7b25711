package dev.slipway.tenancy.access;

/** Port: reads a {@link Standing} as it is now, with one query and no cache. */
public interface Standings {
    /** How {@code principal} stands towards {@code subject}; everything false if nothing is known. */
    Standing read(Principal principal, Subject subject);
}
