package dev.slipway.registry.collect;

/** How fast long work may go on beside pushes and pulls. */
@FunctionalInterface
public interface Pace {
    /**
     * Called between the steps of long work; may wait.
     *
     * @return false to end the work here; run again, it does what is left
     */
    boolean next();

    /** As fast as it can, to the end. */
    static Pace full() {
        return () -> true;
    }
}
