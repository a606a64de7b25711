package dev.slipway.buildpacks.log;

/** Hears what happens in a build, in order, from one thread at a time. */
@FunctionalInterface
public interface BuildLog {

    /** Takes one event; quick, and never fails the build. */
    void on(BuildEvent event);
}
