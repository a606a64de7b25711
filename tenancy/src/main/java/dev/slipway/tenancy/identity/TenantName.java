package dev.slipway.tenancy.identity;

/** The name of a tenant, unique in an installation. */
public final class TenantName implements Comparable<TenantName> {
    private final String value;

    private TenantName(String value) {
        this.value = value;
    }

    /**
     * Reads a name: 1 to 30 of {@code a-z0-9-}, a letter first, no trailing and no doubled hyphen.
     *
     * @throws InvalidNameException with a sentence that says which rule it breaks
     */
    public static TenantName parse(String text) {
        return new TenantName(NameLaw.check("tenant name", text));
    }

    /** Same as {@link #parse}, for names that are written in code. */
    public static TenantName of(String text) {
        return parse(text);
    }

    /** The name as text. */
    public String value() {
        return value;
    }

    @Override
    public int compareTo(TenantName other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TenantName name && name.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
