package dev.slipway.platform.site;

import java.util.regex.Pattern;

/**
 * The name of a site, unique in an installation; it never changes, since instances carry it.
 *
 * @param value 1 to 40 lower-case letters, digits and inner hyphens, beginning with a letter
 */
public record SiteName(String value) implements Comparable<SiteName> {
    private static final Pattern FORM = Pattern.compile("[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?");

    /**
     * @throws IllegalArgumentException if it is not a name of a site
     */
    public SiteName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "A site's name is 1 to 40 lower-case letters, digits and inner hyphens, and begins with a letter,"
                            + " for example dc-a");
        }
    }

    @Override
    public int compareTo(SiteName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
