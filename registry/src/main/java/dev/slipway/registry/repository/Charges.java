package dev.slipway.registry.repository;

import dev.slipway.registry.blob.BlobStat;
import dev.slipway.registry.blob.BlobStore;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Keeps what accounts pay for equal to what their repositories have. Linking and unlinking of one account's repositories
 * take turns here, so that a blob is never given up by one while another begins to need it. Taken after the lock of the
 * repository.
 */
final class Charges {
    private static final int STRIPES = 64;

    private final StorageQuota quota;
    private final RepositoryFiles files;
    private final BlobStore blobs;
    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    Charges(StorageQuota quota, RepositoryFiles files, BlobStore blobs) {
        this.quota = quota;
        this.files = files;
        this.blobs = blobs;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /** Charges a blob, then lets the repository have it by a step; if the step fails, the charge is taken back. */
    void having(RepositoryName name, Digest digest, long bytes, Runnable step) {
        Optional<String> account = quota.account(name);
        if (account.isEmpty() || files.has(name, digest)) {
            step.run();
            return;
        }
        inTurn(account.get(), () -> {
            quota.charge(account.get(), name, digest, bytes);
            try {
                step.run();
                return digest;
            } catch (RuntimeException e) {
                releaseUnneeded(account.get(), List.of(digest));
                throw e;
            }
        });
    }

    /** Takes blobs from a repository by a step, then ends the charge of those that the account has nowhere else. */
    <T> T losing(RepositoryName name, Collection<Digest> digests, Supplier<T> step) {
        Optional<String> account = quota.account(name);
        if (account.isEmpty() || digests.isEmpty()) {
            return step.get();
        }
        return inTurn(account.get(), () -> {
            T result = step.get();
            releaseUnneeded(account.get(), digests);
            return result;
        });
    }

    /** True if one of the account's repositories has it. */
    boolean holds(String account, Digest digest) {
        return repositories(account).stream().anyMatch(name -> files.has(name, digest));
    }

    private void releaseUnneeded(String account, Collection<Digest> digests) {
        List<RepositoryName> repositories = repositories(account);
        for (Digest digest : digests) {
            if (repositories.stream().noneMatch(name -> files.has(name, digest))) {
                quota.release(account, digest);
            }
        }
    }

    /** Sets every account right, whatever it was charged before. */
    void settle() {
        files.repositories().stream()
                .flatMap(name -> quota.account(name).stream())
                .distinct()
                .forEach(account -> inTurn(account, () -> {
                    Map<Digest, Long> held = held(account);
                    quota.settle(account, held);
                    return held;
                }));
    }

    /** What an account's repositories have, each blob once, and its bytes. */
    Map<Digest, Long> held(String account) {
        Map<Digest, Long> held = new HashMap<>();
        for (RepositoryName name : repositories(account)) {
            held.putAll(held(name));
        }
        return held;
    }

    /** What a repository has, and the bytes of each. */
    Map<Digest, Long> held(RepositoryName name) {
        Map<Digest, Long> held = new HashMap<>();
        for (List<Digest> some : List.of(files.links(name), files.manifests(name))) {
            for (Digest digest : some) {
                blobs.stat(digest).map(BlobStat::size).ifPresent(size -> held.put(digest, size));
            }
        }
        return held;
    }

    private List<RepositoryName> repositories(String account) {
        return files.repositories().stream()
                .filter(name -> quota.account(name).filter(account::equals).isPresent())
                .toList();
    }

    private <T> T inTurn(String account, Supplier<T> step) {
        ReentrantLock stripe = stripes[Math.floorMod(account.hashCode(), STRIPES)];
        stripe.lock();
        try {
            return step.get();
        } finally {
            stripe.unlock();
        }
    }
}
