package dev.slipway.registry.repository;

import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A quota in memory: the first component of a name pays, all accounts have the same limit; "free" pays nothing. */
public final class CountedQuota implements StorageQuota {
    private final Map<String, Map<Digest, Long>> charged = new HashMap<>();
    private final long limit;

    public CountedQuota(long limit) {
        this.limit = limit;
    }

    /** What an account pays for now. */
    public synchronized long used(String account) {
        return charged.getOrDefault(account, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public Optional<String> account(RepositoryName repository) {
        return Optional.of(repository.components().getFirst()).filter(first -> !first.equals("free"));
    }

    @Override
    public long room(String account) {
        return Math.max(0, limit - used(account));
    }

    @Override
    public synchronized void require(String account, long more) {
        if (more > limit - used(account)) {
            throw new RegistryException(
                    ErrorCode.QUOTA_EXCEEDED,
                    account + " may keep " + limit + " bytes and keeps " + used(account) + "; delete images");
        }
    }

    @Override
    public synchronized void charge(String account, RepositoryName repository, Digest digest, long bytes) {
        Map<Digest, Long> own = charged.computeIfAbsent(account, key -> new HashMap<>());
        if (!own.containsKey(digest)) {
            require(account, bytes);
            own.put(digest, bytes);
        }
    }

    @Override
    public synchronized void release(String account, Digest digest) {
        charged.computeIfAbsent(account, key -> new HashMap<>()).remove(digest);
    }

    @Override
    public synchronized void settle(String account, Map<Digest, Long> held) {
        charged.put(account, new HashMap<>(held));
    }

    @Override
    public Optional<String> warning(String account) {
        return used(account) * 10 < limit * 9 ? Optional.empty() : Optional.of(account + " is \"nearly\" full");
    }
}
