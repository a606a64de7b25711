/**
 * Plain SQL inside the caller's transaction, for the rooms where locks and round trips count (decision 0051).
 *
 * <p>Not here: entities and repositories; those live in the rooms that own them. No statement of any room is here.
 */
@NullMarked
package dev.slipway.tenancy.store;

import org.jspecify.annotations.NullMarked;
