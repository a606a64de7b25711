package dev.slipway.platform.verbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.reconcile.Wakeup;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.Observed;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.platform.ssh.VerbRunner;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.app.Apps;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantName;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class SiteVerbsTest {
    private static final int DRAINED = TrialWorld.releasable();
    private static final int REPLACED = TrialWorld.releasable();

    @Inject
    TrialWorld world;

    @Inject
    VerbRunner verbs;

    @Inject
    Instances instances;

    @Inject
    Runtimes runtimes;

    @Inject
    Apps apps;

    @Inject
    Wakeup wakeup;

    private String typed(Someone someone, int code, String line) throws InterruptedException {
        TypedCall typed = TypedCall.by(someone.principal(), line.split(" "));
        assertThat(verbs.run(typed.call))
                .as(line + "\n" + typed.out() + typed.err())
                .isEqualTo(code);
        return typed.out() + typed.err();
    }

    private Someone released(int number) throws InterruptedException {
        TenantName tenant = world.releasableTenant(number);
        Someone ada = world.member(tenant, Role.OWNER);
        typed(ada, 0, "apps:create shop");
        // Clusters that other trials joined are left without a master.
        typed(ada, 0, "placement:set -a shop prefer=local");
        typed(ada, 0, "ps:scale -a shop worker=1");
        world.release(AppRef.of(tenant + "/shop"));
        TrialWorld.until("it runs", () -> !healthy(number).isEmpty());
        return ada;
    }

    private List<Instance> healthy(int number) {
        AppId app = apps.find(AppRef.of(TrialWorld.shop(number))).orElseThrow().id();
        return instances.unended(app).stream()
                .filter(instance -> instance.state() instanceof InstanceState.Healthy)
                .toList();
    }

    @Test
    void anOperatorSeesTheFirstSiteAndItsNode() throws Exception {
        Someone operator = world.someone(true);
        assertThat(typed(operator, 0, "sites")).contains("local", "docker", "active");
        assertThat(typed(operator, 0, "sites:info local")).contains("local/local", "thousandths");
        assertThat(typed(operator, 0, "nodes")).contains("local/local", "yes");
        assertThat(typed(operator, 1, "sites:info dc-x")).contains("There is no site dc-x");
        assertThat(typed(operator, 1, "nodes Dc")).contains("for example dc-a");
        assertThat(typed(world.someone(false), 1, "sites")).startsWith(" !     ");
    }

    @Test
    void aDrainedSiteTakesNothingNewAndSaysSo() throws Exception {
        Someone operator = world.someone(true);
        Someone ada = released(DRAINED);
        String running = healthy(DRAINED).getFirst().id().text();
        assertThat(typed(ada, 0, "placement:explain -a shop")).contains("worker.1", "local/local", "fills this one");
        try {
            assertThat(typed(operator, 0, "sites:drain local")).contains("draining");
            typed(ada, 0, "ps:scale -a shop worker=2");
            assertThat(typed(ada, 0, "placement:explain -a shop"))
                    .contains("placed anew it would wait", "waits: it needs", "no node offers room");
            assertThat(healthy(DRAINED).stream().map(instance -> instance.id().text()))
                    .containsExactly(running);
        } finally {
            assertThat(typed(operator, 0, "sites:undrain local")).contains("active");
        }
        typed(ada, 0, "ps:scale -a shop worker=1");
        assertThat(typed(operator, 1, "placement:simulate --without local"))
                .contains(TrialWorld.shop(DRAINED), "no node offers room");
    }

    @Test
    void aPolicyIsSetAndWhatCanNeverHoldIsRefusedAtOnce() throws Exception {
        Someone operator = world.someone(true);
        Someone ada = world.member(world.tenant(), Role.OWNER);
        typed(ada, 0, "apps:create shop");
        assertThat(typed(ada, 0, "placement -a shop")).contains("packed");
        assertThat(typed(ada, 0, "placement:set -a shop spread=site,node per-node=3"))
                .contains("site,node", "per-node");
        assertThat(typed(ada, 1, "placement:set -a shop require=region=north"))
                .contains("None has the attribute region");
        typed(operator, 0, "sites:attributes local region=north");
        assertThat(typed(ada, 0, "placement:set -a shop require=region=north")).contains("region=north");
        assertThat(typed(ada, 1, "placement:set -a shop at-least-sites=2")).contains("only 1");
        assertThat(typed(ada, 1, "placement:set -a shop color=red")).contains("There is no option color");
        assertThat(typed(ada, 2, "placement:set -a shop spread")).contains("NAME=VALUE");
        assertThat(typed(ada, 0, "placement -a shop"))
                .contains("site,node", "region=north")
                .doesNotContain("at-least");
        assertThat(typed(ada, 0, "placement:set -a shop spread= per-node= require="))
                .contains("packed");
        assertThat(typed(operator, 0, "sites:attributes local region=")).doesNotContain("region");
        typed(ada, 0, "apps:destroy -a shop --confirm shop");
    }

    @Test
    void whatWasGivenUpAndReplacedEndsWhenItIsSeenAgain() throws Exception {
        released(REPLACED);
        InstanceId first = healthy(REPLACED).getFirst().id();
        QuarkusTransaction.requiringNew()
                .run(() -> instances.move(
                        first,
                        state -> Optional.of(((InstanceState.Live) state).lose("its site was silent for too long"))));
        wakeup.changed(
                apps.find(AppRef.of(TrialWorld.shop(REPLACED))).orElseThrow().id());
        TrialWorld.until(
                "another runs in its place",
                () -> healthy(REPLACED).stream()
                        .anyMatch(instance -> !instance.id().equals(first)));
        TrialWorld.until(
                "the first one has ended",
                () -> runtimes.of("local").observe().stream()
                        .noneMatch(seen -> seen.id().equals(first) && seen.state() instanceof Observed.State.Running));
        assertThat(healthy(REPLACED)).hasSize(1);
    }

    @Test
    void aSiteThatIsNotThereSaysSoInEveryAnswer() {
        InstanceId id = new InstanceId(UUID.randomUUID());
        var gone = runtimes.of("dc-x");
        assertThat(gone.health().available()).isFalse();
        assertThatThrownBy(gone::observe)
                .isInstanceOf(RuntimeUnavailableException.class)
                .hasMessageContaining("dc-x");
        assertThatThrownBy(() -> gone.remove(id))
                .isInstanceOf(RuntimeUnavailableException.class)
                .hasMessageContaining("no site of this name");
    }
}
