package dev.slipway.registry.repository;

import dev.slipway.registry.oci.RepositoryName;
import java.util.Optional;

/**
 * Something that is not as it must be.
 *
 * @param kind what is wrong
 * @param repository where; empty for the store below all repositories
 * @param subject the digest, tag or file
 * @param repaired whether it was set right
 */
public record Flaw(Kind kind, Optional<RepositoryName> repository, String subject, boolean repaired) {

    /** What can be wrong, and what a repair does. */
    public enum Kind {
        /** A blob's content is not what its name says; repaired by setting it aside, so that it is pushed again. */
        CONTENT_WRONG,
        /** A link to a blob that is gone; repaired by taking the link away, so that the blob is pushed again. */
        LINK_WITHOUT_BLOB,
        /** A manifest whose bytes are gone or are no manifest; repaired by taking the entry away. */
        MANIFEST_WITHOUT_CONTENT,
        /** A manifest that names something that is not here; only another push repairs it. */
        MANIFEST_NOT_WHOLE,
        /** A tag for a manifest that is gone, or that cannot be read; repaired by taking the tag away. */
        TAG_WITHOUT_MANIFEST,
        /** A manifest about another that its list does not have; repaired by adding it. */
        REFERRER_MISSING,
        /** An entry in a list of referrers whose manifest is gone; repaired by taking it away. */
        REFERRER_WITHOUT_MANIFEST
    }
}
