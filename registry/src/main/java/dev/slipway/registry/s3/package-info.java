/**
 * Blobs in an object store that speaks S3: the signed requests, and the store over them. Uploads in progress, links, tags and
 * manifest entries stay in files; content goes to the bucket once it is proven.
 */
@NullMarked
package dev.slipway.registry.s3;

import org.jspecify.annotations.NullMarked;
