package dev.slipway.tenancy.identity;

import java.util.UUID;
import java.util.regex.Pattern;

/** The one law for tenant and app names (product.md, ports and names), told as sentences. */
final class NameLaw {
    static final int LONGEST = 30;
    private static final int SHOWN = 60;
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private NameLaw() {}

    static String check(String what, String text) {
        if (text.isEmpty()) {
            throw refuse(what, text, "it is empty");
        }
        if (text.length() > LONGEST) {
            throw refuse(what, text, "it has " + text.length() + " characters and the longest is " + LONGEST);
        }
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean letter = c >= 'a' && c <= 'z';
            boolean digit = c >= '0' && c <= '9';
            if (at == 0 && !letter) {
                throw refuse(what, text, "it must start with a small letter");
            }
            if (!letter && !digit && c != '-') {
                throw refuse(what, text, "only small letters, digits and hyphens may be in it");
            }
            if (c == '-' && text.charAt(at - 1) == '-') {
                throw refuse(what, text, "two hyphens may not follow each other");
            }
        }
        if (text.endsWith("-")) {
            throw refuse(what, text, "it may not end with a hyphen");
        }
        return text;
    }

    static UUID uuid(String what, String text) {
        if (!UUID_TEXT.matcher(text).matches()) {
            throw refuse(what, text, "it is not a UUID");
        }
        return UUID.fromString(text);
    }

    static InvalidNameException refuse(String what, String text, String why) {
        return new InvalidNameException(
                what, text, "\"" + shown(text) + "\" cannot be " + article(what) + ": " + why + ".");
    }

    private static String article(String what) {
        return ("aeio".indexOf(what.charAt(0)) >= 0 ? "an " : "a ") + what;
    }

    /** Safe for a terminal: control and format characters are replaced, long texts are cut. */
    private static String shown(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(SHOWN).forEach(c -> {
            boolean plain = c >= ' ' && c < 0x7f || Character.isLetterOrDigit(c);
            out.appendCodePoint(plain ? c : '?');
        });
        return text.length() > SHOWN ? out + "…" : out.toString();
    }
}
