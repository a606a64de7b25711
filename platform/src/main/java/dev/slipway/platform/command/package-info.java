/**
 * What a person can ask of the platform, one class for each noun: asks the Authorizer, changes in one transaction, writes
 * the audit, wakes who has to act, and answers with records fit for display. Verbs, the API and the pages are doors to it.
 *
 * <p>Not here: how an answer looks, how a request is parsed, SQL, and the acts themselves, which reconcilers do.
 */
@NullMarked
package dev.slipway.platform.command;

import org.jspecify.annotations.NullMarked;
