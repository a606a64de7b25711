package dev.slipway.web.page;

import dev.slipway.tenancy.audit.AuditOutcome;
import io.quarkus.qute.TemplateExtension;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How instants, sizes and digests are written on pages. */
@TemplateExtension
final class Figures {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int SHORT_COMMIT = 7;
    private static final long MEBI = 1L << 20;
    private static final long GIBI = 1L << 30;

    private Figures() {}

    /** {@code 2026-03-01 14:05}, in UTC. */
    static String minute(Instant instant) {
        return MINUTE.format(instant);
    }

    /** {@code 03-01 14:05:09}, in UTC. */
    static String second(Instant instant) {
        return CLOCK.format(instant);
    }

    /** The first letters of a commit. */
    static String abbreviated(String commit) {
        return commit.substring(0, Math.min(commit.length(), SHORT_COMMIT));
    }

    /** The outcome of an audited act as in exports: {@code done}, {@code denied}. */
    static String word(AuditOutcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    /** What stands before the first line break. */
    static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** {@code 256 MB}, {@code 1.5 GB}. */
    static String bytes(Long count) {
        return count < GIBI ? plain(count, MEBI) + " MB" : plain(count, GIBI) + " GB";
    }

    /** Whole mebibytes, for a form's field. */
    static long megabytes(Long count) {
        return count / MEBI;
    }

    /** Thousandths of a core as cores: {@code 0.25}. */
    static String cores(Long millis) {
        return plain(millis, 1_000);
    }

    private static String plain(long count, long unit) {
        return BigDecimal.valueOf(count)
                .divide(BigDecimal.valueOf(unit), 2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
