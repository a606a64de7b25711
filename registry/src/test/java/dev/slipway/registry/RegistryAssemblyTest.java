package dev.slipway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.registry.access.AccessDecision;
import dev.slipway.registry.access.AccessPolicy;
import dev.slipway.registry.access.Action;
import dev.slipway.registry.access.CredentialsVerifier;
import dev.slipway.registry.access.RegistryPrincipal;
import dev.slipway.registry.collect.Collector;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.repository.Registry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The registry as the program has it: found by CDI, mounted in Quarkus's server, with its settings. */
@QuarkusTest
class RegistryAssemblyTest {
    private static final byte[] LARGE = new byte[5_000_000];

    @TestHTTPResource("/v2/")
    URI base;

    @Inject
    Registry registry;

    @Inject
    Collector collector;

    @Inject
    RegistrySettings settings;

    /** What the platform brings. */
    @ApplicationScoped
    static class Ports {
        @Produces
        @Singleton
        Clock clock() {
            return Clock.systemUTC();
        }

        @Produces
        @Singleton
        CredentialsVerifier credentials() {
            return (name, password) ->
                    password.equals("right") ? Optional.of(new RegistryPrincipal(name)) : Optional.empty();
        }

        @Produces
        @Singleton
        AccessPolicy policy() {
            return new AccessPolicy() {
                @Override
                public AccessDecision decide(RegistryPrincipal principal, RepositoryName repository, Action action) {
                    return principal.anonymous() ? AccessDecision.denied() : AccessDecision.allowed();
                }

                @Override
                public boolean mayListRepositories(RegistryPrincipal principal) {
                    return false;
                }
            };
        }
    }

    private HttpResponse<byte[]> send(String method, String path, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .method(method, BodyPublishers.ofByteArray(body))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("me:right".getBytes()))
                .timeout(Duration.ofSeconds(30))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }

    @Test
    void takesABlobLargerThanTheServersLimitForForms() throws Exception {
        Digest digest = Digest.sha256(LARGE);
        HttpResponse<byte[]> pushed = send("POST", "/v2/acme/shop/blobs/uploads/?digest=" + digest, LARGE);
        assertThat(pushed.statusCode()).isEqualTo(201);
        assertThat(send("GET", "/v2/acme/shop/blobs/" + digest, new byte[0]).body())
                .isEqualTo(LARGE);
        assertThat(registry.hasBlob(RepositoryName.parse("acme/shop"), digest)).isTrue();
        assertThat(collector.collect(true).blobs()).isZero();
    }

    @Test
    void asksWhoYouAre() throws Exception {
        HttpResponse<byte[]> answer =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(base).build(), BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains(base.getAuthority() + "/v2/token");
    }

    @Test
    void hasTheseDefaults() {
        assertThat(settings.root().toString()).endsWith("/registry");
        assertThat(settings.service()).isEqualTo("slipway");
        assertThat(settings.realm()).isEmpty();
        assertThat(settings.tokenLife()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.maxBlobBytes()).isEqualTo(20L << 30);
        assertThat(settings.cacheBytes()).isEqualTo(32L << 20);
        assertThat(settings.bodyPatience()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.mirrorKeep()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.leastBodyBytes()).isEqualTo(65536);
        assertThat(settings.requestsPerSecond()).isEqualTo(500);
        assertThat(settings.uploadsPerCaller()).isEqualTo(64);
        assertThat(settings.uploadLife()).isEqualTo(Duration.ofHours(24));
        assertThat(settings.collectGrace()).isEqualTo(Duration.ofHours(24));
    }
}
