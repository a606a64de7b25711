package dev.slipway.platform.availability;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.Optional;

/**
 * What was seen in a month.
 *
 * @param looks how often it was looked at, once a minute while there was something to look at
 * @param good how many of them found it well
 * @param requests what its users asked of it, as far as the proxies beside the control plane answered them
 * @param failed how many of those were answered with an error of the server's
 */
public record Month(YearMonth month, long looks, long good, long requests, long failed) {
    private static final int DIGITS = 3;

    public Month {
        if (good < 0 || good > looks || failed < 0 || failed > requests) {
            throw new IllegalArgumentException("More was good or failed than there was: " + month + " looks=" + looks
                    + " good=" + good + " requests=" + requests + " failed=" + failed);
        }
    }

    /** Percent of the looks that were good, rounded down: what was not reached does not look reached. */
    public Optional<BigDecimal> availability() {
        return percent(good, looks);
    }

    /** Percent of the requests that did not fail, rounded down. */
    public Optional<BigDecimal> answered() {
        return percent(requests - failed, requests);
    }

    /** Whether it kept a target; empty where nothing was seen. */
    public Optional<Boolean> meets(BigDecimal target) {
        return availability().map(reached -> reached.compareTo(target) >= 0);
    }

    private static Optional<BigDecimal> percent(long part, long whole) {
        return whole == 0
                ? Optional.empty()
                : Optional.of(BigDecimal.valueOf(part)
                        .multiply(BigDecimal.valueOf(100))
                        .divide(BigDecimal.valueOf(whole), DIGITS, RoundingMode.DOWN));
    }
}
