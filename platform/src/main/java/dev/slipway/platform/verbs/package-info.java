/**
 * The verbs people type after {@code ssh HOST}: how they are parsed, explained and shown. One class for each group, and one
 * line in a group's list for each verb; what a verb does is in {@code command}. Not here: the ssh server, who may do what.
 */
@NullMarked
package dev.slipway.platform.verbs;

import org.jspecify.annotations.NullMarked;
