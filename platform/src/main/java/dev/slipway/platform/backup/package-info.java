/**
 * The whole platform in one file, and back: database, repositories, registry, keys. The file says what is in it, so that a
 * wrong or cut one is refused before anything is made of it. See decision 0180.
 *
 * <p>Not here: who calls and with which settings ({@code program}), and how PostgreSQL is asked ({@code database}).
 */
@NullMarked
package dev.slipway.platform.backup;

import org.jspecify.annotations.NullMarked;
