package dev.slipway.tenancy.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tenancy.access.DeniedException;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.NameTakenException;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.quota.QuotaExceededException;
import dev.slipway.tenancy.quota.QuotaLedger;
import dev.slipway.tenancy.quota.QuotaResource;
import dev.slipway.tenancy.quota.Usage;
import dev.slipway.tenancy.tenant.Tenant;
import dev.slipway.tenancy.trial.TrialDatabase;
import dev.slipway.tenancy.trial.World;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TrialDatabase.class)
class AppsTest {
    @Inject
    World world;

    @Inject
    Apps apps;

    @Inject
    QuotaLedger quota;

    @Test
    void aDestroyedAppFreesItsNameAndKeepsItsRow() {
        Tenant tenant = world.tenant();
        AppRef ref = AppRef.of(tenant.name() + "/shop");
        App first = apps.create(World.PLATFORM, ref);

        assertThatThrownBy(() -> apps.create(World.PLATFORM, ref)).isInstanceOf(NameTakenException.class);
        apps.destroy(World.PLATFORM, ref);
        App second = apps.create(World.PLATFORM, ref);

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(apps.find(ref)).contains(second);
        assertThat(apps.list(tenant.name())).containsExactly(second);
        assertThat(apps.byId(first.id()).orElseThrow().destroyedAt()).isPresent();
        assertThat(used(tenant)).isEqualTo(1);
    }

    @Test
    void aTenantHasNoMoreAppsThanItsQuota() {
        Tenant tenant = world.tenant();
        quota.setLimit(World.PLATFORM, tenant.name(), QuotaResource.APPS, 1);
        world.app(tenant);

        assertThatThrownBy(() -> world.app(tenant))
                .isInstanceOf(QuotaExceededException.class)
                .hasMessageContaining("The quota of " + tenant.name() + " for apps is 1; 1 is in use and 1 more")
                .hasMessageContaining("quotas:set -t " + tenant.name() + " apps=2");
        assertThat(used(tenant)).isEqualTo(1);
    }

    @Test
    void creatingOneNameAtOnceGivesOneAppAndSentences() throws Exception {
        Tenant tenant = world.tenant();
        AppRef ref = AppRef.of(tenant.name() + "/same");
        try (ExecutorService threads = Executors.newFixedThreadPool(10)) {
            Callable<String> create = () -> {
                try {
                    apps.create(World.PLATFORM, ref);
                    return "made";
                } catch (NameTakenException e) {
                    return e.sentence();
                }
            };
            List<Future<String>> answers = threads.invokeAll(Collections.nCopies(10, create));
            int made = 0;
            for (Future<String> answer : answers) {
                if (answer.get().equals("made")) {
                    made++;
                } else {
                    assertThat(answer.get()).contains("There is an app " + ref + " already");
                }
            }
            assertThat(made).isEqualTo(1);
        }
        assertThat(used(tenant)).isEqualTo(1);
    }

    @Test
    void whoMayNotCreateOrDestroyIsDenied() {
        Tenant tenant = world.tenant();
        App app = world.app(tenant);

        assertThatThrownBy(() -> apps.create(world.member(tenant, Role.VIEWER), AppRef.of(tenant.name() + "/no")))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("As viewer you may not use app-create: it takes operator or owner or developer");
        assertThatThrownBy(() -> apps.destroy(world.member(tenant, Role.DEVELOPER), app.ref()))
                .isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> apps.destroy(World.PLATFORM, AppRef.of(tenant.name() + "/none")))
                .isInstanceOf(UnknownNameException.class);
        assertThat(apps.find(app.ref())).isPresent();
    }

    private long used(Tenant tenant) {
        return quota.usage(tenant.id()).stream()
                .filter(usage -> usage.resource() == QuotaResource.APPS)
                .mapToLong(Usage::used)
                .sum();
    }
}
