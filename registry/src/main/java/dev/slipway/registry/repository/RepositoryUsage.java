package dev.slipway.registry.repository;

import dev.slipway.registry.oci.RepositoryName;

/**
 * What a repository takes.
 *
 * @param repository its name
 * @param tags how many
 * @param manifests how many
 * @param bytes of all it has, each blob once
 * @param ownBytes of what no other repository has too: what its end would free
 */
public record RepositoryUsage(RepositoryName repository, int tags, int manifests, long bytes, long ownBytes) {}
