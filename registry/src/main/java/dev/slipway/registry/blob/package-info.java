/**
 * Content by digest: the port to a blob store, uploads in progress, and the store on a file system. Knows nothing of who
 * may read what; that a blob belongs to a repository is the business of the repository package.
 */
@NullMarked
package dev.slipway.registry.blob;

import org.jspecify.annotations.NullMarked;
