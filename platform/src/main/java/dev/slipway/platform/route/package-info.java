/**
 * Which host leads to which backends: immutable route tables, their holder and their copy on disk. Not here: sockets
 * (see {@code proxy}), and who is healthy (see {@code instance} and {@code health}).
 */
@NullMarked
package dev.slipway.platform.route;

import org.jspecify.annotations.NullMarked;
