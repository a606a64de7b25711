package dev.slipway.platform.verbs;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.platform.command.TrialProfile;
import dev.slipway.platform.command.TrialWorld;
import dev.slipway.platform.command.TrialWorld.Someone;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.platform.runtime.mesos.fake.FakeBehaviour;
import dev.slipway.platform.runtime.mesos.fake.FakeMesosMaster;
import dev.slipway.platform.runtime.mesos.fake.RealTimer;
import dev.slipway.platform.runtime.mesos.fake.ShellExecution;
import dev.slipway.platform.ssh.VerbRunner;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.app.Apps;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Mesos cluster becomes a site, runs a release, is recovered after the loss of its rows, and is let go. */
@QuarkusTest
@Tag("assembled")
@TestProfile(TrialProfile.class)
class SiteJoiningTest {
    private static final String SECRET = "open-sesame-7";

    private static final int JOINED = TrialWorld.releasable();
    private static final int RECOVERED = TrialWorld.releasable();

    @Inject
    TrialWorld world;

    @Inject
    VerbRunner verbs;

    @Inject
    Instances instances;

    @Inject
    Apps apps;

    @Inject
    EntityManager entities;

    @Inject
    Runtimes runtimes;

    @TestHTTPResource
    URL control;

    private final Queue<String> configs = new ConcurrentLinkedQueue<>();
    private final RealTimer timer = new RealTimer();
    private FakeMesosMaster master;
    private Someone operator;

    @BeforeEach
    void start() {
        operator = world.someone(true);
        master = new FakeMesosMaster(FakeBehaviour.standard(
                        timer,
                        Clock.systemUTC(),
                        ShellExecution.fetching(Set.of(world.image(JOINED), world.image(RECOVERED)), configs::add))
                .quick()
                .with(Map.of("slipway", SECRET)));
        master.agent("127.0.0.1", 16, 32_768, 10_000, Map.of("rack", "m1"));
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (String left : List.of("dc-m", "dc-r")) {
            verbs.run(TypedCall.by(operator.principal(), "sites:leave", left, "--lost").call);
        }
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

    private String join(int code, String name, String more) throws InterruptedException {
        return typed(
                operator,
                code,
                "sites:join " + name + " --mesos 127.0.0.1:" + master.port() + " principal=slipway secret=" + SECRET
                        + " control=" + control + more);
    }

    private String refusedJoin(String name) {
        try {
            return join(1, name, "");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitState(String site, String state) {
        TrialWorld.until(site + " is " + state, () -> {
            try {
                return typed(operator, 0, "sites:info " + site).contains(state);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private AppId app(int number) {
        return apps.find(AppRef.of(TrialWorld.shop(number))).orElseThrow().id();
    }

    private List<Instance> healthy(int number) {
        return instances.unended(app(number)).stream()
                .filter(instance -> instance.state() instanceof InstanceState.Healthy)
                .toList();
    }

    private Someone released(int number, String site) throws InterruptedException {
        Someone ada = world.member(world.releasableTenant(number), Role.OWNER);
        typed(ada, 0, "apps:create shop");
        typed(ada, 0, "ps:scale -a shop worker=1");
        typed(ada, 0, "placement:set -a shop require=site=" + site);
        world.release(AppRef.of(TrialWorld.shop(number)));
        TrialWorld.until("it runs", () -> !healthy(number).isEmpty());
        return ada;
    }

    @Test
    void whatCannotBeASiteIsRefusedAndNothingIsKept() throws Exception {
        assertThat(typed(operator, 1, "sites:join dc-x --mesos 127.0.0.1:1"))
                .contains("127.0.0.1:1", "Nothing was changed");
        assertThat(typed(operator, 1, "sites:join dc-x --mesos 127.0.0.1:" + master.port()))
                .contains("401", "Nothing was changed");
        assertThat(join(1, "dc-x", " color=red")).contains("no setting color", "principal");
        assertThat(join(1, "dc-x", " patience=soon"))
                .contains("patience", "PT30S")
                .doesNotContain(SECRET);
        assertThat(join(1, "local", "")).contains("There is a site local already");
        assertThat(join(1, "Dc", "")).contains("for example dc-a");
        assertThat(join(1, "dc-x", " --framework slipway-0-y-1")).contains("keeps no framework slipway-0-y-1");
        master.version("1.4.2");
        assertThat(join(1, "dc-x", "")).contains("Apache Mesos 1.4.2", "1.9 or a newer");
        assertThat(typed(operator, 0, "sites")).doesNotContain("dc-x");
        assertThat(master.frameworks()).isEmpty();
        assertThat(typed(operator, 1, "sites:leave local")).contains("sites:drain");
        assertThat(typed(operator, 1, "sites:recover local")).contains("kind docker");
        assertThat(typed(world.member(world.tenant(), Role.OWNER), 1, "sites:leave local"))
                .contains("Only platform operators");
    }

    @Test
    void aReleaseRunsOnASiteThatWasJoined() throws Exception {
        assertThat(join(0, "dc-m", " --attribute region=south")).contains("dc-m");
        awaitState("dc-m", "active");
        assertThat(typed(operator, 0, "sites:info dc-m"))
                .contains("Apache Mesos 1.11.0", "dc-m/127.0.0.1", "rack=m1", "region=south")
                .doesNotContain(SECRET);
        assertThat(typed(operator, 0, "sites:info dc-m --json")).doesNotContain(SECRET);
        assertThat(given().header("Authorization", "Bearer " + operator.token())
                        .get("/api/v1/audit?action=site.join")
                        .asString())
                .contains("site.join", "dc-m")
                .doesNotContain(SECRET);
        assertThat(sealed("dc-m")).doesNotContain(SECRET);

        Someone ada = released(JOINED, "dc-m");
        assertThat(master.running()).isEqualTo(1);
        assertThat(typed(ada, 0, "ps -a shop")).contains("worker.1", "healthy", "dc-m");
        assertThat(typed(ada, 0, "logs -a shop -n 100")).contains("hello from v1");

        assertThat(pulls(TrialWorld.shop(JOINED))).as("may pull its own image").isEqualTo(404);
        assertThat(pulls(TrialWorld.shop(RECOVERED))).as("and no other").isIn(401, 403);
        given().get("/pull/AAAA").then().statusCode(404);

        assertThat(join(1, "dc-n", "")).contains("is site dc-m already");
        assertThat(typed(operator, 1, "sites:attributes dc-m site=x")).contains("not site");
        typed(ada, 0, "placement:set -a shop require=region=south");
        assertThat(typed(operator, 1, "sites:attributes dc-m region="))
                .contains(TrialWorld.shop(JOINED), "region", "Nothing was changed");
        assertThat(typed(operator, 1, "sites:change dc-m secret=wrong")).contains("401", "Nothing was changed");
        typed(operator, 0, "sites:change dc-m patience=PT20S");
        awaitState("dc-m", "Apache Mesos 1.11.0");

        assertThat(typed(operator, 1, "sites:leave dc-m")).contains("sites:drain dc-m");
        typed(operator, 0, "sites:drain dc-m");
        assertThat(typed(operator, 1, "sites:leave dc-m")).contains("Instances run at site dc-m: 1, of one app");
        typed(ada, 0, "ps:scale -a shop worker=0");
        TrialWorld.until("it has ended", () -> instances.unended(app(JOINED)).isEmpty());
        assertThat(typed(operator, 1, "sites:leave dc-m")).contains(TrialWorld.shop(JOINED), "region");
        typed(ada, 0, "placement:set -a shop require=");
        typed(operator, 0, "sites:leave dc-m");
        assertThat(master.frameworks()).isEmpty();
        assertThat(typed(operator, 0, "sites")).doesNotContain("dc-m");
    }

    @Test
    void machinesAreGivenACommandToPasteAndJoinWhenTheyAnswer() throws Exception {
        try {
            assertThat(typed(operator, 0, "sites:join dc-h --docker 10.0.0.1 --attribute region=west"))
                    .contains("Site dc-h", "Paste on each of its machines", "echo paste-me | sudo sh")
                    .doesNotContain("a-site's-key");
            awaitState("dc-h", "active");
            assertThat(typed(operator, 0, "sites:info dc-h"))
                    .contains("10.0.0.1", "region=west")
                    .doesNotContain("paste-me");
            assertThat(sealed("dc-h")).doesNotContain("a-site's-key");
            assertThat(typed(operator, 2, "sites:join dc-i --docker 10.0.0.2 --mesos 10.0.0.3:5050"))
                    .contains("--docker", "--mesos");
        } finally {
            QuarkusTransaction.requiringNew().run(() -> change("delete from site where name = 'dc-h'"));
            runtimes.refresh();
        }
    }

    /** How the registry answers who asks for a manifest that is not there, with the credentials a task has fetched. */
    private int pulls(String repository) throws Exception {
        JsonNode config = TypedCall.JSON.readTree(configs.peek());
        JsonNode auth = config.at("/auths").elements().next().get("auth");
        String token = given().header("Authorization", "Basic " + auth.asText())
                .queryParam("service", "slipway")
                .queryParam("scope", "repository:" + repository + ":pull")
                .get("/v2/token")
                .path("token");
        return given().header("Authorization", "Bearer " + token)
                .get("/v2/" + repository + "/manifests/none")
                .statusCode();
    }

    private String sealed(String site) {
        byte[] bytes = (byte[]) QuarkusTransaction.requiringNew()
                .call(() -> entities.createNativeQuery("select settings_sealed from site where name = ?1", byte[].class)
                        .setParameter(1, site)
                        .getSingleResult());
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatRanBeforeTheLossOfItsRowsIsKnownAgain() throws Exception {
        join(0, "dc-r", "");
        awaitState("dc-r", "active");
        Someone ada = released(RECOVERED, "dc-r");
        String instance = healthy(RECOVERED).getFirst().id().text();
        String framework = master.frameworks().getFirst();

        QuarkusTransaction.requiringNew().run(() -> {
            change("delete from site where name = 'dc-r'");
            change("delete from mesos_framework where site = 'dc-r'");
            change("delete from instance where site = 'dc-r'");
        });
        TrialWorld.until("nobody is connected", () -> refusedJoin("dc-r").contains("nobody is connected"));
        assertThat(join(1, "dc-r", "")).contains(framework, "1 instances", "--framework new");

        join(0, "dc-r", " --framework " + framework);
        TrialWorld.until("it is known again", () -> !healthy(RECOVERED).isEmpty());
        assertThat(healthy(RECOVERED)).extracting(one -> one.id().text()).containsExactly(instance);
        assertThat(master.tasks()).hasSize(1);
        assertThat(master.frameworks()).containsExactly(framework);
        assertThat(typed(ada, 0, "logs -a shop -n 100")).contains("hello from v1");
        assertThat(typed(operator, 0, "sites:recover dc-r"))
                .contains("1 instances are known", TrialWorld.shop(RECOVERED) + " worker.1");

        assertThat(typed(operator, 1, "sites:retire dc-r --confirm no")).contains("--confirm dc-r");
        typed(operator, 0, "sites:retire dc-r --confirm dc-r");
        TrialWorld.until(
                "it runs anew",
                () -> healthy(RECOVERED).stream()
                        .anyMatch(one -> !one.id().text().equals(instance)));
        assertThat(master.frameworks()).singleElement().isNotEqualTo(framework);
        typed(ada, 0, "placement:set -a shop require=");
        typed(operator, 0, "sites:leave dc-r --lost");
        TrialWorld.until(
                "it runs elsewhere",
                () -> healthy(RECOVERED).stream().anyMatch(one -> one.site().equals("local")));
    }

    private void change(String sql) {
        entities.createNativeQuery(sql).executeUpdate();
    }
}
