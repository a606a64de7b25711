package dev.slipway.platform.command;

import dev.slipway.platform.pipeline.Rollout;
import dev.slipway.platform.reconcile.ImageAccess;
import dev.slipway.platform.reconcile.Wakeup;
import dev.slipway.platform.release.HealthChecks;
import dev.slipway.platform.release.ProcessType;
import dev.slipway.platform.release.Release;
import dev.slipway.platform.release.ReleaseDraft;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.platform.runtime.FakeRuntime;
import dev.slipway.platform.runtime.Runtime;
import dev.slipway.platform.runtime.RuntimeProvider;
import dev.slipway.platform.site.Site;
import dev.slipway.platform.transcript.Transcripts;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Role;
import dev.slipway.tenancy.access.Scopes;
import dev.slipway.tenancy.app.Apps;
import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.tenant.Account;
import dev.slipway.tenancy.tenant.Accounts;
import dev.slipway.tenancy.tenant.Tenants;
import dev.slipway.tenancy.tenant.TokenRequest;
import dev.slipway.tenancy.tenant.Tokens;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes people, tenants and apps with names no other test has, and releases of them that run without a build. */
@ApplicationScoped
public class TrialWorld {
    public static final Principal PLATFORM = new Principal.PlatformProcess("test");

    /** A worker that says which release it is, and then, five times a second, that it is there. */
    public static final List<String> WORKER = List.of(
            "sh", "-c", "echo hello from $SLIPWAY_RELEASE $GREETING; while true; do echo tick; sleep 0.2; done");

    private static final String DIGEST = "sha256:" + "ab".repeat(32);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final AtomicInteger RELEASABLE = new AtomicInteger();
    private static final int MOST_RELEASABLE = 100;
    private static final List<String> RELEASED =
            IntStream.rangeClosed(1, MOST_RELEASABLE).mapToObj(TrialWorld::shop).toList();

    @Inject
    Accounts accounts;

    @Inject
    Tenants tenants;

    @Inject
    Tokens tokens;

    @Inject
    Apps apps;

    @Inject
    Rollout rollout;

    @Inject
    Transcripts transcripts;

    @Inject
    Wakeup wakeup;

    @Inject
    ImageAccess images;

    /** A person with a token. */
    public record Someone(Principal.Person principal, PersonName name, String token) {}

    /** Instances as processes of this machine, in place of containers; taken for its priority before the engine. */
    @ApplicationScoped
    @Priority(10_000)
    static class FakeSites implements RuntimeProvider {
        @Inject
        ImageAccess images;

        @Override
        public String kind() {
            return "docker";
        }

        @Override
        public Runtime open(Site site) {
            return new FakeRuntime(
                    RELEASED.stream()
                            .map(name ->
                                    images.reference("local", release(name)).toString())
                            .collect(Collectors.toSet()),
                    site.name().value());
        }

        @Override
        public Optional<Preparation> prepare(Site site) {
            return site.address().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Preparation(Map.of("key", "a-site's-key"), List.of("echo paste-me | sudo sh")));
        }

        private static Release release(String name) {
            return new Release(
                    new ReleaseId(UUID.randomUUID()),
                    AppId.random(),
                    1,
                    name,
                    DIGEST,
                    "0",
                    "",
                    List.of(),
                    Map.of(),
                    List.of(),
                    "test",
                    Instant.EPOCH);
        }
    }

    public Someone someone(boolean operator) {
        PersonName name = PersonName.parse("p" + NUMBER.incrementAndGet());
        Account account = accounts.create(PLATFORM, name, Optional.empty(), operator);
        String token = tokens.issue(
                        account.principal(), TokenRequest.personal(account.id(), "test", Scopes.everything()))
                .plainText();
        return new Someone(account.principal(), name, token);
    }

    public Someone member(TenantName tenant, Role role) {
        Someone someone = someone(false);
        tenants.addMember(PLATFORM, tenant, someone.name(), role);
        return someone;
    }

    /** Gives a member another role. */
    public void promote(TenantName tenant, Someone member, Role role) {
        tenants.addMember(PLATFORM, tenant, member.name(), role);
    }

    public TenantName tenant() {
        return tenants.create(PLATFORM, TenantName.of("t" + NUMBER.incrementAndGet()))
                .name();
    }

    /** A number for {@link #releasableTenant(int)} and {@link #image} that no other test has. */
    public static int releasable() {
        int number = RELEASABLE.incrementAndGet();
        if (number > MOST_RELEASABLE) {
            throw new AssertionError("the trials release more than " + MOST_RELEASABLE + " tenants' apps");
        }
        return number;
    }

    /** The app that can be released, of the tenant with the number. */
    public static String shop(int number) {
        return "ran" + number + "/shop";
    }

    /** A tenant whose app {@code shop} can be released. */
    public TenantName releasableTenant() {
        return releasableTenant(releasable());
    }

    /** The same, when its image has to be known beforehand. */
    public TenantName releasableTenant(int number) {
        return tenants.create(PLATFORM, TenantName.of("ran" + number)).name();
    }

    /** The image of the release of such a tenant's app. */
    public String image(int number) {
        return images.reference("local", FakeSites.release(shop(number))).toString();
    }

    /** Releases the app as a push would after its build; returns the number of the deployment. */
    public int release(AppRef ref) {
        return release(ref, List.of(new ProcessType("worker", WORKER)), Map.of());
    }

    /** Releases the app with other processes and checks. */
    public int release(AppRef ref, List<ProcessType> processes, Map<String, HealthChecks> checks) {
        AppId id = apps.find(ref).orElseThrow().id();
        int number = QuarkusTransaction.requiringNew()
                .call(() -> rollout.image(
                                id,
                                new ReleaseDraft(
                                        ref.toString(),
                                        DIGEST,
                                        "0123456789abcdef0123456789abcdef01234567",
                                        "Deploy 0123456: test",
                                        processes,
                                        checks,
                                        new TreeMap<>(),
                                        "person:test"),
                                transcripts.open())
                        .deployment()
                        .number());
        wakeup.changed(id);
        return number;
    }

    /** Looks every 20 ms until it holds, half a minute at most. */
    public static void until(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not within 30 s: " + what);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }
}
