package dev.slipway.platform.runtime.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Looks from time to time how much a build has written. Measuring costs time in proportion to what there is, so it is
 * done the less often the longer it takes: it never takes more than a tenth of the time.
 */
final class DiskWatch {

    /** Measures what a build has written so far. */
    interface Measure {
        /** @param enough a larger answer says no more than that it is larger */
        long bytes(long enough) throws IOException;
    }

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int SHARE = 10;

    private final Measure measure;
    private final long limit;
    private final Path disk;
    private final long leastFree;
    private final InstantSource clock;
    private Instant due;

    /**
     * Begins to watch.
     *
     * @param limit bytes that a build may write
     * @param disk a path on the disk it writes to
     * @param leastFree bytes that must stay free on it, whoever uses them up
     */
    DiskWatch(Measure measure, long limit, Path disk, long leastFree, InstantSource clock) {
        this.measure = measure;
        this.limit = limit;
        this.disk = disk;
        this.leastFree = leastFree;
        this.clock = clock;
        this.due = clock.instant().plus(PAUSE);
    }

    /** Whether more than the limit is written, as far as is known; measures when it is time again. */
    boolean exceeded() throws IOException {
        return !clock.instant().isBefore(due) && exceededNow();
    }

    /** Measures now. */
    boolean exceededNow() throws IOException {
        Instant begun = clock.instant();
        boolean exceeded = measure.bytes(limit) > limit;
        Instant ended = clock.instant();
        Duration pause = Duration.between(begun, ended).multipliedBy(SHARE);
        due = ended.plus(pause.compareTo(PAUSE) > 0 ? pause : PAUSE);
        return exceeded;
    }

    /** Bytes that are free; empty if that is enough. */
    java.util.OptionalLong tooFull() throws IOException {
        long free = Files.getFileStore(disk).getUsableSpace();
        return free < leastFree ? java.util.OptionalLong.of(free) : java.util.OptionalLong.empty();
    }
}
