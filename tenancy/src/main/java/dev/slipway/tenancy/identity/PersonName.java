package dev.slipway.tenancy.identity;

import java.util.Locale;
import java.util.regex.Pattern;

/** The name a person signs in with: a short login or an address, always in small letters. */
public record PersonName(String value) {
    private static final Pattern LAW = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,99}");

    public PersonName {
        if (!LAW.matcher(value).matches()) {
            throw NameLaw.refuse(
                    "person name",
                    value,
                    "it must be 1 to 100 of a-z, 0-9 and . _ @ + -, and start with a letter or a digit");
        }
    }

    /**
     * Reads a name, folding capitals, so that {@code Ada} and {@code ada} are one person.
     *
     * @throws InvalidNameException with a sentence
     */
    public static PersonName parse(String text) {
        return new PersonName(text.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return value;
    }
}
