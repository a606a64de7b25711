package dev.slipway.registry.oci;

/** Foreign text made fit for an error message: short, printable, quoted. */
final class Excerpt {
    private static final int MAX_LENGTH = 64;

    private Excerpt() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder("'");
        for (int i = 0; i < Math.min(text.length(), MAX_LENGTH); i++) {
            char c = text.charAt(i);
            shown.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return shown.append(text.length() > MAX_LENGTH ? "…'" : "'").toString();
    }
}
