package dev.slipway.platform.image;

import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.repository.StorageQuota;
import dev.slipway.tenancy.app.App;
import dev.slipway.tenancy.app.Apps;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppName;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.quota.Amounts;
import dev.slipway.tenancy.quota.QuotaLedger;
import dev.slipway.tenancy.quota.QuotaResource;
import dev.slipway.tenancy.quota.ReservationKey;
import dev.slipway.tenancy.quota.ReservationOutcome.Refused;
import dev.slipway.tenancy.quota.Usage;
import dev.slipway.tenancy.tenant.Tenant;
import dev.slipway.tenancy.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Charges registry bytes to tenants in the one ledger: a reservation for each blob a tenant has, under a key made of tenant
 * and digest, so that it counts once. Each call is a transaction of its own, since the store that it answers for takes no
 * part in one. Repositories that no tenant owns, such as the stack's, cost nothing.
 */
@ApplicationScoped
public class RegistryQuota implements StorageQuota {
    private static final QuotaResource BYTES = QuotaResource.REGISTRY_BYTES;
    private static final int WARN_PERCENT = 90;

    private final Tenants tenants;
    private final Apps apps;
    private final QuotaLedger ledger;

    RegistryQuota(Tenants tenants, Apps apps, QuotaLedger ledger) {
        this.tenants = tenants;
        this.apps = apps;
        this.ledger = ledger;
    }

    @Override
    public Optional<String> account(RepositoryName repository) {
        return app(repository).map(AppRef::tenant).map(TenantName::value);
    }

    private static Optional<AppRef> app(RepositoryName repository) {
        List<String> parts = repository.components();
        if (parts.size() != 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(new AppRef(TenantName.parse(parts.get(0)), AppName.parse(parts.get(1))));
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    private Optional<Tenant> tenant(String account) {
        return tenants.find(TenantName.parse(account));
    }

    private Optional<Usage> usage(String account) {
        return tenant(account)
                .flatMap(tenant -> ledger.usage(tenant.id()).stream()
                        .filter(line -> line.resource() == BYTES)
                        .findFirst());
    }

    @Override
    @Transactional(TxType.REQUIRES_NEW)
    public long room(String account) {
        return usage(account)
                .map(line -> Math.max(0, line.limit() - line.used()))
                .orElse(Long.MAX_VALUE);
    }

    @Override
    @Transactional(TxType.REQUIRES_NEW)
    public void require(String account, long more) {
        tenant(account)
                .flatMap(tenant -> ledger.foresee(tenant.id(), BYTES, more))
                .ifPresent(refused -> {
                    throw refusal(refused);
                });
    }

    @Override
    @Transactional(TxType.REQUIRES_NEW)
    public void charge(String account, RepositoryName repository, Digest digest, long bytes) {
        Optional<Tenant> tenant = tenant(account);
        if (tenant.isEmpty() || bytes == 0) {
            return;
        }
        Optional<AppId> app = app(repository).flatMap(apps::find).map(App::id);
        ReservationKey key = ReservationKey.blob(key(account, digest));
        if (ledger.reserve(tenant.get().id(), app, key, Amounts.of(BYTES, bytes)) instanceof Refused refused) {
            throw refusal(refused);
        }
    }

    private static RegistryException refusal(Refused refused) {
        return new RegistryException(ErrorCode.QUOTA_EXCEEDED, refused.sentence());
    }

    @Override
    @Transactional(TxType.REQUIRES_NEW)
    public void release(String account, Digest digest) {
        ledger.release(ReservationKey.blob(key(account, digest)));
    }

    @Override
    @Transactional(TxType.REQUIRES_NEW)
    public void settle(String account, Map<Digest, Long> held) {
        Optional<Tenant> tenant = tenant(account);
        if (tenant.isEmpty()) {
            return;
        }
        Set<UUID> gone = new HashSet<>(ledger.keys(
                tenant.get().id(), ReservationKey.blob(UUID.randomUUID()).kind()));
        held.forEach((digest, bytes) -> {
            UUID id = key(account, digest);
            if (!gone.remove(id) && bytes > 0) {
                ledger.hold(tenant.get().id(), Optional.empty(), ReservationKey.blob(id), BYTES, bytes);
            }
        });
        gone.forEach(id -> ledger.release(ReservationKey.blob(id)));
    }

    @Override
    @Transactional(TxType.REQUIRES_NEW)
    public Optional<String> warning(String account) {
        return usage(account)
                .filter(line -> line.used() / WARN_PERCENT >= line.limit() / 100)
                .map(line -> account + " uses " + BYTES.unit().tell(line.used()) + " of "
                        + BYTES.unit().tell(line.limit()) + " of registry storage; what does not fit will be refused");
    }

    private static UUID key(String account, Digest digest) {
        return UUID.nameUUIDFromBytes((account + " " + digest).getBytes(StandardCharsets.UTF_8));
    }
}
