package dev.slipway.registry.repository;

import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import java.util.Map;
import java.util.Optional;

/**
 * Port: how many bytes whoever owns repositories may keep. An account pays once for a blob, however many of its repositories
 * have it. Every method but {@link #account} may block. Those that change something are called by one thread at a time for
 * one account.
 */
public interface StorageQuota {
    /** Who pays for a repository; empty if nobody does and its bytes are not counted. */
    Optional<String> account(RepositoryName repository);

    /** Bytes that the account may still add; zero or more. */
    long room(String account);

    /**
     * Asks before bytes are accepted; holds nothing.
     *
     * @param more bytes to come
     * @throws RegistryException {@link ErrorCode#QUOTA_EXCEEDED} with a sentence for people
     */
    void require(String account, long more);

    /**
     * Makes the account pay for a blob; does nothing if it does already.
     *
     * @param repository where it goes, for telling who uses what
     * @throws RegistryException {@link ErrorCode#QUOTA_EXCEEDED} with a sentence for people; then nothing is held
     */
    void charge(String account, RepositoryName repository, Digest digest, long bytes);

    /** Ends the account's paying for a blob; does nothing if it does not. */
    void release(String account, Digest digest);

    /**
     * Makes the account pay for exactly these, whatever was charged before; never refused.
     *
     * @param held what its repositories have, and how many bytes each is
     */
    void settle(String account, Map<Digest, Long> held);

    /** A sentence for whoever pushes while little is left; empty while there is enough. */
    Optional<String> warning(String account);

    /** Counts nothing. */
    static StorageQuota unlimited() {
        return new StorageQuota() {
            @Override
            public Optional<String> account(RepositoryName repository) {
                return Optional.empty();
            }

            @Override
            public long room(String account) {
                return Long.MAX_VALUE;
            }

            @Override
            public void require(String account, long more) {}

            @Override
            public void charge(String account, RepositoryName repository, Digest digest, long bytes) {}

            @Override
            public void release(String account, Digest digest) {}

            @Override
            public void settle(String account, Map<Digest, Long> held) {}

            @Override
            public Optional<String> warning(String account) {
                return Optional.empty();
            }
        };
    }
}
