/**
 * Time and threads: the wall clock, timers, executors, deadlines, back-off and the one shape of long-lived loop.
 *
 * <p>No other package reads the clock, sleeps or makes a thread; they are given what they need from here. What is not
 * here: anything that knows what a loop is for.
 */
@NullMarked
package dev.slipway.platform.loop;

import org.jspecify.annotations.NullMarked;
