package dev.slipway.platform.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.reconcile.Rebalance;
import dev.slipway.platform.release.Check;
import dev.slipway.platform.release.HealthChecks;
import dev.slipway.platform.release.ProcessType;
import dev.slipway.platform.route.Backend;
import dev.slipway.platform.route.RouteTables;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.mesos.fake.FakeAgent;
import dev.slipway.platform.runtime.mesos.fake.FakeBehaviour;
import dev.slipway.platform.runtime.mesos.fake.FakeMesosMaster;
import dev.slipway.platform.runtime.mesos.fake.RealTimer;
import dev.slipway.platform.runtime.mesos.fake.ShellExecution;
import dev.slipway.platform.ssh.VerbRunner;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.app.Apps;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.store.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sites and nodes go silent, are lost, come back and are drained, under apps that run on them. */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class SiteFailoverTest {
    private static final int LOST = TrialWorld.releasable();
    private static final int DRAINED = TrialWorld.releasable();
    private static final int NODES = TrialWorld.releasable();
    private static final int DRILLED = TrialWorld.releasable();
    private static final int SERVED = TrialWorld.releasable();
    private static final int LESS_IMPORTANT = TrialWorld.releasable();
    private static final int IMPORTANT = TrialWorld.releasable();

    @Inject
    TrialWorld world;

    @Inject
    VerbRunner verbs;

    @Inject
    Instances instances;

    @Inject
    Apps apps;

    @Inject
    RouteTables tables;

    @Inject
    Rebalance rebalance;

    @Inject
    Sql sql;

    private final RealTimer timer = new RealTimer();
    private FakeMesosMaster master;
    private FakeAgent first;
    private final Map<Someone, String> owners = new LinkedHashMap<>();
    private Someone operator;

    @BeforeEach
    void start() throws Exception {
        operator = world.someone(true);
        master = new FakeMesosMaster(FakeBehaviour.standard(
                        timer,
                        Clock.systemUTC(),
                        ShellExecution.knowing(
                                Stream.of(LOST, DRAINED, NODES, DRILLED, SERVED, LESS_IMPORTANT, IMPORTANT)
                                        .map(world::image)
                                        .collect(Collectors.toSet())))
                .quick());
        first = master.agent("127.0.0.1", 16, 32_768, 10_000, Map.of("rack", "f1"));
        typed(operator, 0, "sites:join dc-f --mesos 127.0.0.1:" + master.port());
        awaitState("active");
    }

    @AfterEach
    void stop() throws Exception {
        for (Map.Entry<Someone, String> owner : owners.entrySet()) {
            typed(owner.getKey(), 0, "ps:scale -a shop " + owner.getValue() + "=0");
        }
        typed(operator, 0, "sites:leave dc-f --lost");
        master.close();
        timer.close();
    }

    private String typed(Someone someone, int code, String line) throws InterruptedException {
        TypedCall typed = TypedCall.by(someone.principal(), line.split(" "));
        assertThat(verbs.run(typed.call))
                .as(line + "\n" + typed.out() + typed.err())
                .isEqualTo(code);
        return typed.out() + typed.err();
    }

    private void awaitState(String state) {
        TrialWorld.until("dc-f is " + state, () -> {
            try {
                return typed(operator, 0, "sites")
                        .lines()
                        .anyMatch(line -> line.startsWith("dc-f") && line.contains(state));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private List<Instance> healthy(int number) {
        return instances
                .unended(apps.find(AppRef.of(TrialWorld.shop(number)))
                        .orElseThrow()
                        .id())
                .stream()
                .filter(instance -> instance.state() instanceof InstanceState.Healthy)
                .toList();
    }

    private List<Instance> at(int number, String site) {
        return healthy(number).stream()
                .filter(instance -> instance.site().equals(site))
                .toList();
    }

    private Someone released(int number, int workers) throws InterruptedException {
        return released(number, workers, 3);
    }

    private Someone released(int number, int workers, int priority) throws InterruptedException {
        Someone ada = world.member(world.releasableTenant(number), Role.OWNER);
        typed(ada, 0, "apps:create shop");
        owners.put(ada, "worker");
        typed(ada, 0, "ps:scale -a shop worker=" + workers);
        typed(ada, 0, "placement:set -a shop prefer=dc-f priority=" + priority);
        world.release(AppRef.of(TrialWorld.shop(number)));
        TrialWorld.until("all run at dc-f", () -> at(number, "dc-f").size() == workers);
        return ada;
    }

    private void silence() {
        master.unavailable("cut off");
        master.cut();
    }

    private boolean runs(InstanceId id) {
        return master.tasks().containsKey(id.text());
    }

    @Test
    void whatALostSiteRanRunsElsewhereAndNothingTwiceAfterItsReturn() throws Exception {
        released(LOST, 3);
        Set<InstanceId> before = ids(healthy(LOST));
        silence();
        awaitState("suspect");
        awaitState("lost");
        TrialWorld.until("all run elsewhere", () -> at(LOST, "local").size() == 3);
        assertThat(before).as("nothing was killed for silence").allMatch(this::runs);
        assertThat(master.running()).isEqualTo(3);

        master.unavailable(null);
        TrialWorld.until("the doubles have ended", () -> master.running() == 0);
        awaitState("active");
        assertThat(at(LOST, "local")).hasSize(3);
        assertThat(healthy(LOST)).hasSize(3);
        theyGoBackWithinABudgetAndNeverAreFewer();
    }

    /** The app prefers the site that has come back. */
    private void theyGoBackWithinABudgetAndNeverAreFewer() {
        int[] fewest = {3};
        int[] begun = {0};
        assertThat(rebalance.round(0)).as("without a budget nothing moves").isFalse();
        TrialWorld.until("all are back", () -> {
            begun[0] += rebalance.round(100) ? 1 : 0;
            return seen(fewest, 3);
        });
        assertThat(begun[0]).as("one at a time").isGreaterThanOrEqualTo(3);
        assertThat(fewest[0]).as("never fewer than wanted").isEqualTo(3);
        assertThat(rebalance.round(begun[0]))
                .as("the budget of this hour is spent")
                .isFalse();
    }

    private boolean seen(int[] fewest, int back) {
        fewest[0] = Math.min(fewest[0], healthy(LOST).size());
        return at(LOST, "dc-f").size() == back && healthy(LOST).size() == 3;
    }

    private static Set<InstanceId> ids(List<Instance> all) {
        return Set.copyOf(all.stream().map(Instance::id).toList());
    }

    @Test
    void aDrillMovesWhatALossWouldAndEndsNothingBefore() throws Exception {
        released(DRILLED, 2);
        assertThat(typed(operator, 1, "drill local-x")).contains("There is no site local-x");
        assertThat(typed(operator, 1, "drill:abort")).contains("No drill runs");
        assertThat(typed(operator, 0, "drill dc-f"))
                .contains(
                        "Silent after",
                        "Lost after",
                        "Drill of dc-f: done",
                        "2 of 2 instances",
                        "0 had no room",
                        "Requests went elsewhere after");
        assertThat(at(DRILLED, "local")).hasSize(2);
        TrialWorld.until("the doubles have ended", () -> master.running() == 0);
        awaitState("active");
        assertThat(typed(operator, 0, "drills")).contains("dc-f", "done", "2 of 2");

        assertThat(typed(operator, 0, "drill dc-f --detach")).contains("running");
        assertThat(typed(operator, 1, "drill local")).contains("A drill of site dc-f runs");
        assertThat(typed(operator, 0, "drill:abort")).contains("aborted");
        awaitState("active");
    }

    @Test
    void theTrafficLeavesADrilledSiteFirstWhereSomethingElsewhereCanTakeIt() throws Exception {
        Someone ada = world.member(world.releasableTenant(SERVED), Role.OWNER);
        typed(ada, 0, "apps:create shop");
        owners.put(ada, "web");
        typed(ada, 0, "ps:scale -a shop web=2 worker=0");
        typed(ada, 0, "placement:set -a shop spread=site");
        world.release(
                AppRef.of(TrialWorld.shop(SERVED)),
                List.of(new ProcessType("web", TrialWorld.WORKER)),
                Map.of("web", HealthChecks.of(new Check.Running(Duration.ofMillis(300), Duration.ofSeconds(30)))));
        TrialWorld.until(
                "one runs at each site",
                () -> at(SERVED, "dc-f").size() == 1 && at(SERVED, "local").size() == 1);
        String there = backend(at(SERVED, "dc-f").getFirst());
        String elsewhere = backend(at(SERVED, "local").getFirst());
        TrialWorld.until("both are served", () -> served(SERVED).equals(Set.of(there, elsewhere)));

        typed(operator, 0, "drill dc-f --detach");
        assertThat(served(SERVED)).as("when the drill has begun").containsExactly(elsewhere);
        assertThat(ids(at(SERVED, "dc-f"))).as("which ends nothing").allMatch(this::runs);
        assertThat(typed(operator, 0, "drill:abort")).contains("aborted");
        TrialWorld.until("requests go to both again", () -> served(SERVED).equals(Set.of(there, elsewhere)));
        awaitState("active");
    }

    private static String backend(Instance instance) {
        return instance.id().value().toString();
    }

    private Set<String> served(int number) {
        return tables.current().routes().values().stream()
                .filter(route -> route.app().equals(TrialWorld.shop(number)))
                .flatMap(route -> route.backends().stream())
                .map(Backend::instance)
                .collect(Collectors.toSet());
    }

    @Test
    void theMostImportantAppsAreMovedFirst() throws Exception {
        released(LESS_IMPORTANT, 2, 1);
        released(IMPORTANT, 2, 9);
        silence();
        TrialWorld.until(
                "all run elsewhere",
                () -> at(LESS_IMPORTANT, "local").size() == 2
                        && at(IMPORTANT, "local").size() == 2);
        Instant lastOfTheImportant = at(IMPORTANT, "local").stream()
                .map(Instance::createdAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        assertThat(at(LESS_IMPORTANT, "local"))
                .allMatch(instance -> instance.createdAt().isAfter(lastOfTheImportant));
        master.unavailable(null);
        awaitState("active");
    }

    @Test
    void aScheduledDrillTakesPlaceByItselfOrSaysWhyNot() throws Exception {
        assertThat(typed(operator, 1, "drill:schedule nowhere --every 30 --at 03:30"))
                .contains("There is no site nowhere");
        assertThat(typed(operator, 1, "drill:schedule dc-f --every 30 --at 3")).contains("written as 03:30");
        assertThat(typed(operator, 1, "drill:schedule dc-f --every 0 --at 03:30"))
                .contains("every 1 to 366 days");
        assertThat(typed(operator, 0, "drill:schedule dc-f --every 30 --at 03:30"))
                .contains("The loss of dc-f is rehearsed every 30 days");
        assertThat(typed(operator, 0, "drill:schedules")).contains("dc-f", "30 days", "T03:30:00Z");

        sql.update("update drill_schedule set next_at = now() where site = 'dc-f'");
        TrialWorld.until(
                "it took place",
                () -> said("drills").contains("schedule of ") && !said("drills").contains("running"));
        assertThat(said("drill:schedules")).doesNotContain("missed");

        sql.update("update drill_schedule set next_at = now() - interval '2 hours' where site = 'dc-f'");
        TrialWorld.until("it was too late", () -> said("drill:schedules").contains("It was missed"));
        assertThat(typed(operator, 0, "drill:unschedule dc-f")).contains("only when somebody asks");
        assertThat(typed(operator, 1, "drill:unschedule dc-f")).contains("No drill of site dc-f is scheduled");
        awaitState("active");
    }

    private String said(String line) {
        try {
            return typed(operator, 0, line);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDrainedSiteIsEmptiedOneByOneAndEachIsReplacedFirst() throws Exception {
        released(DRAINED, 3);
        typed(operator, 0, "sites:drain dc-f");
        int[] fewest = {3};
        TrialWorld.until("all have moved", () -> {
            fewest[0] = Math.min(fewest[0], healthy(DRAINED).size());
            return at(DRAINED, "local").size() == 3 && instances.heldAt("dc-f").isEmpty() && master.running() == 0;
        });
        assertThat(fewest[0]).as("never fewer than wanted").isEqualTo(3);
        typed(operator, 0, "sites:leave dc-f");
        typed(operator, 0, "sites:join dc-f --mesos 127.0.0.1:" + master.port());
    }

    @Test
    void aNodeThatIsSilentOrIsToGoIsEmptied() throws Exception {
        Someone ada = released(NODES, 2);
        typed(ada, 0, "placement:set -a shop prefer= require=site=dc-f");
        master.agent("127.0.0.2", 16, 32_768, 10_000, Map.of("rack", "f2"));
        master.maintain("127.0.0.1", Clock.systemUTC().instant());
        TrialWorld.until("all run on the other node", () -> on("127.0.0.2") == 2 && master.running() == 2);

        master.maintain("", Clock.systemUTC().instant());
        FakeAgent second = master.agentOn("127.0.0.2");
        Set<InstanceId> before = ids(healthy(NODES));
        master.lose(second);
        TrialWorld.until("all run on the first again", () -> on("127.0.0.1") == 2);
        assertThat(before).allMatch(this::runs);
        master.returned(second);
        TrialWorld.until("the doubles have ended", () -> master.running() == 2);
        assertThat(ids(healthy(NODES))).doesNotContainAnyElementsOf(before);
        assertThat(first.id()).isNotEqualTo(second.id());
        typed(ada, 0, "placement:set -a shop require=");
    }

    private long on(String node) {
        return at(NODES, "dc-f").stream()
                .filter(instance -> instance.node().equals(node))
                .count();
    }
}
