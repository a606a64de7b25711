package dev.slipway.platform.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.platform.runtime.Observed;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.platform.ssh.VerbRunner;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.quota.QuotaLedger;
import dev.slipway.tenancy.quota.QuotaResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class DeployedVerbsTest {
    @Inject
    TrialWorld world;

    @Inject
    VerbRunner verbs;

    @Inject
    QuotaLedger quotas;

    @Inject
    Runtimes runtimes;

    private String done(Someone someone, String line) throws InterruptedException {
        TypedCall typed = TypedCall.by(someone.principal(), line.split(" "));
        int code = verbs.run(typed.call);
        assertThat(code).as(line + "\n" + typed.out() + typed.err()).isZero();
        return typed.out();
    }

    private String refused(Someone someone, String line) throws InterruptedException {
        TypedCall typed = TypedCall.by(someone.principal(), line.split(" "));
        int code = verbs.run(typed.call);
        assertThat(code).as(line + "\n" + typed.out() + typed.err()).isEqualTo(1);
        assertThat(typed.err()).startsWith(" !     ");
        return typed.err();
    }

    private TenantName tenant;

    private Someone released() throws InterruptedException {
        tenant = world.releasableTenant();
        Someone ada = world.member(tenant, Role.OWNER);
        done(ada, "apps:create shop");
        done(ada, "ps:scale -a shop worker=1");
        world.release(AppRef.of(tenant + "/shop"));
        TrialWorld.until("v1 is live", () -> state(ada).equals("live"));
        return ada;
    }

    private String state(Someone someone) {
        try {
            JsonNode app = TypedCall.JSON.readTree(done(someone, "apps:info -a shop --json"));
            return app.get("state").asText();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anAppIsMadeLookedAtAndDestroyed() throws Exception {
        tenant = world.tenant();
        Someone ada = world.member(tenant, Role.OWNER);
        assertThat(done(ada, "apps")).contains("No apps yet");
        assertThat(done(ada, "apps:create shop")).contains(tenant + "/shop", "http://shop--" + tenant);
        assertThat(done(ada, "apps")).contains(tenant + "/shop", "new");
        assertThat(done(ada, "config:set -a shop A=1 B=x=y")).contains("Set A", "Set B");
        assertThat(done(ada, "config -a " + tenant + "/shop")).isEqualTo("A=1\nB=x=y\n");
        assertThat(done(ada, "config:set -a shop A=1")).contains("Nothing to change");
        assertThat(done(ada, "config:unset -a shop A")).contains("Unset A");
        assertThat(done(ada, "domains:add -a shop " + tenant + ".Example.COM")).contains(tenant + ".example.com");
        assertThat(done(ada, "domains -a shop"))
                .contains("shop--" + tenant + ".apps.localhost", tenant + ".example.com");
        assertThat(done(ada, "releases -a shop")).contains("None yet");
        assertThat(done(ada, "ps -a shop")).contains("No process types yet");
        assertThat(refused(ada, "rollback -a shop")).contains("no earlier release");
        assertThat(refused(ada, "run -a shop ls")).contains("no release yet");
        assertThat(refused(ada, "apps:destroy -a shop")).contains("confirm with its name");
        assertThat(done(ada, "apps:destroy -a shop --confirm shop")).contains("Destroyed");
        assertThat(refused(ada, "apps:info -a shop")).contains("There is no app " + tenant + "/shop");
        assertThat(done(ada, "audit"))
                .contains("app.destroy", "config.change", "domain.add")
                .doesNotContain("x=y");
    }

    @Test
    void strangersAndViewersMeetShutDoors() throws Exception {
        tenant = world.tenant();
        Someone ada = world.member(tenant, Role.OWNER);
        Someone viewer = world.member(tenant, Role.VIEWER);
        Someone stranger = world.someone(false);
        done(ada, "apps:create shop");
        assertThat(refused(stranger, "ps -a " + tenant + "/shop"))
                .isEqualTo(" !     There is no app " + tenant + "/shop, or you may not see it.\n");
        assertThat(refused(viewer, "config -a shop")).contains("viewer", "app-config-read");
        assertThat(refused(viewer, "ps:scale -a shop web=2")).contains("app-scale");
        assertThat(done(viewer, "apps:info -a shop")).contains("new");
        assertThat(refused(ada, "tenants:create other")).contains("operator");
        assertThat(done(ada, "members"))
                .contains(ada.name().value(), viewer.name().value(), "owner", "viewer");
        assertThat(refused(ada, "members:remove " + ada.name())).contains("last owner");
        assertThat(done(ada, "quotas")).contains("apps", "1 of 50");
        assertThat(done(ada, "whoami")).contains(ada.name().value(), "owner");
        assertThat(done(ada, "tokens:create ci --scope deploy --robot " + tenant + "/shop"))
                .startsWith("slp_");
        assertThat(done(ada, "tokens -t " + tenant)).contains("ci", "deploy", tenant + "/shop");
    }

    @Test
    void aStartHasMoreProcessorForALimitedTime() throws Exception {
        released();
        TrialWorld.until(
                "nothing has more than its limits",
                () -> runtimes.of("local").observe().stream()
                        .map(Observed::state)
                        .noneMatch(state -> state instanceof Observed.State.Running running && running.boosted()));
        assertThat(runtimes.of("local").observe()).isNotEmpty();
    }

    @Test
    void aReleaseIsChangedGoneBackFromAndStopped() throws Exception {
        Someone ada = released();
        assertThat(done(ada, "ps -a shop")).contains("worker.1", "healthy", "v1");
        assertThat(done(ada, "config:set -a shop GREETING=hi")).contains("Set GREETING", "Release v2", "=====> Live");
        assertThat(done(ada, "releases -a shop")).contains("v2", "live", "Set GREETING", "v1");
        assertThat(done(ada, "rollback -a shop")).contains("Release v3");
        assertThat(done(ada, "releases:info -a shop v3")).contains("v3 (live)", "Rollback to v1");
        assertThat(refused(ada, "rollback -a shop v3")).contains("live already");
        assertThat(refused(ada, "rollback -a shop v99")).contains("no release v99");
        assertThat(done(ada, "ps:restart -a shop --json")).contains("\"release\":\"v3\"");
        assertThat(done(ada, "deployments -a shop")).contains("done");
        assertThat(refused(ada, "deployments:cancel -a shop 1")).contains("is over");
        assertThat(refused(ada, "builds:output -a shop 1")).contains("no build 1");
        done(ada, "ps:stop -a shop");
        assertThat(state(ada)).isEqualTo("stopped");
        TrialWorld.until("nothing runs", () -> !ps(ada).contains("worker.1"));
        assertThat(refused(ada, "ps:restart -a shop")).contains("stopped");
        done(ada, "ps:start -a shop");
        TrialWorld.until("it runs again", () -> ps(ada).contains("healthy"));
    }

    private String ps(Someone someone) {
        try {
            return done(someone, "ps -a shop");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void scalingIsHeldByTheQuota() throws Exception {
        Someone ada = released();
        quotas.setLimit(TrialWorld.PLATFORM, tenant, QuotaResource.INSTANCES, 2);
        assertThat(done(ada, "ps:scale -a shop worker=2")).contains("worker", "2");
        assertThat(refused(ada, "ps:scale -a shop worker=3")).contains("instances");
        assertThat(refused(ada, "ps:scale -a shop nonesuch=1")).contains("no process type", "worker");
        assertThat(done(ada, "apps:info -a shop")).contains("worker=2");
        assertThat(done(ada, "resources:limit -a shop --memory 128M worker")).contains("=====> Live");
        assertThat(done(ada, "ps -a shop")).contains("128 MB");
    }

    @Test
    void logsAreMergedAndSurviveRestarts() throws Exception {
        Someone ada = released();
        TypedCall following = TypedCall.by(ada.principal(), "logs", "-a", "shop", "-f");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> verb = threads.submit(() -> verbs.run(following.call));
            TrialWorld.until("the first release speaks", () -> following.out().contains("worker.1 | hello from v1"));
            done(ada, "config:set -a shop GREETING=again");
            TrialWorld.until("the next one does", () -> following.out().contains("worker.1 | hello from v2 again"));
            verb.cancel(true);
        }
        assertThat(following.out().split("hello from v1")).hasSize(2);
        assertThat(done(ada, "logs -a shop -n 5 -p worker").lines()).hasSize(5);
        assertThat(done(ada, "logs -a shop -n 5 -p web")).isEmpty();
    }

    @Test
    void aCommandIsRunOnce() throws Exception {
        Someone ada = released();
        TypedCall typed = TypedCall.by(
                ada.principal(), "run", "-a", "shop", "sh", "-c", "echo out $SLIPWAY_APP; echo err >&2; exit 7");
        assertThat(verbs.run(typed.call)).isEqualTo(7);
        assertThat(typed.out()).isEqualTo("out shop\n");
        assertThat(typed.err()).isEqualTo("err\n");
        assertThat(done(ada, "audit")).contains("app.run").doesNotContain("SLIPWAY_APP");
    }
}
