package dev.slipway.platform.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.ProcessCommands;
import dev.slipway.platform.command.QuotaRefusedException;
import dev.slipway.platform.command.RunCommands;
import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.release.Releases;
import dev.slipway.platform.runtime.LaunchSpec;
import dev.slipway.platform.runtime.OneOff;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.app.App;
import dev.slipway.tenancy.app.Apps;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.NotPossibleException;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.quota.QuotaLedger;
import dev.slipway.tenancy.quota.QuotaResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A command that is run once takes its tenant's quota from its intent to its end, whoever ends it. */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class OneOffQuotaTest {
    private static final List<String> LENGTHY = List.of("sleep", "1000");

    @Inject
    TrialWorld world;

    @Inject
    AppCommands appCommands;

    @Inject
    ProcessCommands processes;

    @Inject
    RunCommands runs;

    @Inject
    QuotaLedger ledger;

    @Inject
    Apps apps;

    @Inject
    AppSettingsStore settings;

    @Inject
    Releases releases;

    @Inject
    LaunchSpecs specs;

    @Inject
    OneOffs oneOffs;

    @Inject
    OneOffRepository rows;

    private Someone ada;
    private App app;

    private AppRef released() {
        TenantName tenant = world.releasableTenant();
        ada = world.member(tenant, Role.OWNER);
        AppRef ref = AppRef.of(tenant + "/shop");
        appCommands.create(ada.principal(), ref);
        processes.scale(ada.principal(), ref, Map.of("worker", 1));
        world.release(ref);
        app = apps.find(ref).orElseThrow();
        TrialWorld.until(
                "v1 is live",
                () -> QuarkusTransaction.requiringNew()
                        .call(() -> settings.get(app.id()).liveRelease().isPresent()));
        return ref;
    }

    private long used(QuotaResource resource) {
        return ledger.usage(app.tenantId()).stream()
                .filter(usage -> usage.resource() == resource)
                .findFirst()
                .orElseThrow()
                .used();
    }

    @Test
    void isHeldWhileTheCommandRunsAndRefusedWhenThereIsNone() {
        AppRef ref = released();
        long memory = used(QuotaResource.MEMORY_BYTES);
        ledger.setLimit(TrialWorld.PLATFORM, ref.tenant(), QuotaResource.INSTANCES, 2);
        try (OneOff first = runs.start(ada.principal(), ref, LENGTHY, Optional.empty())) {
            assertThat(used(QuotaResource.INSTANCES)).isEqualTo(2);
            assertThat(used(QuotaResource.MEMORY_BYTES)).isGreaterThan(memory);
            assertThatThrownBy(() -> runs.start(ada.principal(), ref, LENGTHY, Optional.empty()))
                    .isInstanceOf(QuotaRefusedException.class)
                    .hasMessageContaining("instances")
                    .hasMessageContaining("2");
            assertThat(used(QuotaResource.INSTANCES)).isEqualTo(2);
            first.kill();
        }
        assertThat(used(QuotaResource.INSTANCES)).isEqualTo(1);
        assertThat(used(QuotaResource.MEMORY_BYTES)).isEqualTo(memory);
        assertThatThrownBy(() -> runs.start(ada.principal(), ref, List.of("/no/such/program"), Optional.empty()))
                .isInstanceOf(NotPossibleException.class);
        assertThat(used(QuotaResource.INSTANCES)).isEqualTo(1);
    }

    @Test
    void isGivenBackByTheLeaderWhenTheProcessIsGone() {
        released();
        LaunchSpec spec = QuarkusTransaction.requiringNew().call(() -> {
            AppSettings now = settings.get(app.id());
            LaunchSpec made = specs.oneOff(
                            now, releases.get(new ReleaseId(now.liveRelease().orElseThrow())), "run", LENGTHY)
                    .spec();
            assertThat(oneOffs.reserve(now, made)).isEmpty();
            return made;
        });
        assertThat(used(QuotaResource.INSTANCES)).isEqualTo(2);
        oneOffs.reap();
        assertThat(used(QuotaResource.INSTANCES))
                .as("somebody may still wait for it")
                .isEqualTo(2);
        QuarkusTransaction.requiringNew()
                .run(() -> rows.findById(spec.id().value()).aliveUntil =
                        Instant.now().minusSeconds(1));
        oneOffs.reap();
        assertThat(used(QuotaResource.INSTANCES)).isEqualTo(1);
        oneOffs.reap();
        assertThat(used(QuotaResource.INSTANCES)).isEqualTo(1);
    }
}
