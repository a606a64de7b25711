/**
 * Slipway as a framework of a Mesos cluster: one subscription per site, launches matched with offers, status updates
 * stored before they are acknowledged, reconciliation, logs and usage from agents. What is to be done is decided by pure
 * classes ({@code SchedulerCore}); {@code MesosScheduler} does it. Not here: which site an instance belongs to.
 */
@NullMarked
package dev.slipway.platform.runtime.mesos;

import org.jspecify.annotations.NullMarked;
