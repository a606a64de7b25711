package dev.slipway.web.drill;

import io.quarkus.qute.TemplateExtension;
import java.util.Locale;

/** How the times of a drill are written. */
@TemplateExtension
final class Seconds {
    private Seconds() {}

    /** {@code 75.2 s}. */
    static String seconds(Double value) {
        return String.format(Locale.ROOT, "%.1f s", value);
    }
}
