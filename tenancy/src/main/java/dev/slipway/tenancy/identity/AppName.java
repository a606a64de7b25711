package dev.slipway.tenancy.identity;

/** The name of an app, unique among the live apps of its tenant. */
public final class AppName implements Comparable<AppName> {
    private final String value;

    private AppName(String value) {
        this.value = value;
    }

    /**
     * Reads a name: 1 to 30 of {@code a-z0-9-}, a letter first, no trailing and no doubled hyphen.
     *
     * @throws InvalidNameException with a sentence that says which rule it breaks
     */
    public static AppName parse(String text) {
        return new AppName(NameLaw.check("app name", text));
    }

    /** Same as {@link #parse}, for names that are written in code. */
    public static AppName of(String text) {
        return parse(text);
    }

    /** The name as text. */
    public String value() {
        return value;
    }

    @Override
    public int compareTo(AppName other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AppName name && name.value.equals(value);
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
