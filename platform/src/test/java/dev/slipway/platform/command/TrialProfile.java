package dev.slipway.platform.command;

import dev.slipway.platform.database.DatabaseForTests;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The whole control plane over a real database, with instances that are processes of this machine. */
public final class TrialProfile implements QuarkusTestProfile {
    /** Where no provider is; it only writes its people here. */
    public static final String PROVIDER = "http://127.0.0.1:1/realms/company";

    public static final String SCIM_TOKEN = "a-secret-of-the-provider-for-tests";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                Map.entry("quarkus.datasource.db-kind", "postgresql"),
                Map.entry("quarkus.datasource.devservices.enabled", "false"),
                Map.entry("quarkus.datasource.jdbc.max-size", "30"),
                Map.entry("quarkus.hibernate-orm.schema-management.strategy", "none"),
                Map.entry("quarkus.hibernate-orm.mapping.format.global", "ignore"),
                Map.entry("quarkus.flyway.migrate-at-start", "true"),
                Map.entry("quarkus.http.test-port", "0"),
                Map.entry("quarkus.log.level", "WARN"),
                Map.entry("slipway.home", "target/trial-" + UUID.randomUUID()),
                Map.entry("slipway.proxy.port", "0"),
                Map.entry("slipway.ssh.enabled", "false"),
                Map.entry("slipway.build.warm-sandboxes", "0"),
                Map.entry("slipway.instances.settle", "300ms"),
                Map.entry("slipway.instances.grace", "2s"),
                Map.entry("slipway.instances.interval", "1s"),
                Map.entry("slipway.instances.all-apps-every", "5s"),
                Map.entry("slipway.instances.boost", "1s"),
                Map.entry("slipway.instances.check-every", "300ms"),
                Map.entry("slipway.webhooks.allowed-networks", "127.0.0.1/32"),
                Map.entry("slipway.webhooks.every", "100ms"),
                Map.entry("slipway.webhooks.first-wait", "100ms"),
                Map.entry("slipway.webhooks.longest-wait", "200ms"),
                Map.entry("slipway.webhooks.attempts", "4"),
                Map.entry("slipway.sites.lost-after", "2s"),
                Map.entry("slipway.sites.failover-at-once", "1"),
                Map.entry("slipway.sites.rebalance-per-hour", "0"),
                Map.entry("slipway.sites.node-lost-after", "1s"),
                Map.entry("slipway.oidc.issuers.company.url", PROVIDER),
                Map.entry("slipway.oidc.issuers.company.scim-token", SCIM_TOKEN),
                Map.entry("slipway.accounts.longest-lock", "1s"),
                Map.entry("slipway.accounts.password-iterations", "1000"));
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(DatabaseForTests.class));
    }
}
