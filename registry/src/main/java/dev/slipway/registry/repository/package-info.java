/**
 * Repositories: manifests, tags, referrers and the links that let a blob be read through a repository. Neither HTTP nor
 * the question who may do it is answered here.
 */
@NullMarked
package dev.slipway.registry.repository;

import org.jspecify.annotations.NullMarked;
