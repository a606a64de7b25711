package dev.slipway.platform.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.platform.loop.Backoff;
import dev.slipway.platform.loop.Loop;
import dev.slipway.platform.loop.Loops;
import dev.slipway.platform.site.Leadership;
import dev.slipway.tenancy.group.Claims;
import dev.slipway.tenancy.tenant.CompanyAccounts;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads people and groups from Keycloak's admin API now and then, so that who lost a group loses what it gave also while
 * nobody signs in. All is read before anything is changed: half an answer takes nothing from anybody.
 */
@ApplicationScoped
class KeycloakSync {
    /** A lost group is to be a lost role within a minute, also right after the provider was away. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final int PAGE = 500;
    private static final int NOT_FOUND = 404;

    private final Issuers issuers;
    private final VerifiedTokens tokens;
    private final IssuerHttp http;
    private final CompanyAccounts accounts;
    private final Vouching vouching;
    private final Leadership leadership;
    private final Map<String, Loop> loops = new ConcurrentHashMap<>();

    KeycloakSync(
            Issuers issuers,
            VerifiedTokens tokens,
            IssuerHttp http,
            CompanyAccounts accounts,
            Vouching vouching,
            Leadership leadership) {
        this.issuers = issuers;
        this.tokens = tokens;
        this.http = http;
        this.accounts = accounts;
        this.vouching = vouching;
        this.leadership = leadership;
    }

    void start(@Observes StartupEvent event, Loops all) {
        for (Issuer issuer : issuers.all()) {
            issuer.settings()
                    .adminUrl()
                    .ifPresent(admin -> loops.put(
                            issuer.name(),
                            all.start(
                                    "groups of " + issuer.name(),
                                    issuer.settings().syncEvery(),
                                    new Backoff(Duration.ofSeconds(1), LONGEST_WAIT),
                                    () -> sync(issuer, admin))));
        }
    }

    /** Asks for a pass now. */
    void wake(Issuer issuer) {
        Optional.ofNullable(loops.get(issuer.name())).ifPresent(Loop::wake);
    }

    /** What the provider has of one person. */
    private record There(boolean enabled, Map<String, Set<String>> attributes, Set<String> groups) {}

    private void sync(Issuer issuer, URI admin) throws InterruptedException {
        if (leadership.epoch().isEmpty()) {
            return;
        }
        String address = tokens.metadata(issuer.browser()).getIssuer();
        Reader reader = new Reader(issuer, admin, token(issuer));
        Map<String, There> people = reader.people();
        for (String subject : accounts.subjects(address)) {
            There there = people.get(subject);
            if (there == null) {
                // Not in the list may also mean: not for these eyes. Only a plain "no such user" counts.
                if (reader.removed(subject)) {
                    accounts.gone(address, subject);
                }
            } else if (!there.enabled()) {
                accounts.gone(address, subject);
            } else {
                accounts.keep(
                        address,
                        subject,
                        vouching.held(issuer, address, subject, new Claims(there.groups(), there.attributes())));
            }
        }
    }

    private String token(Issuer issuer) throws InterruptedException {
        IssuerHttp.Answer answer = http.postAsClient(
                issuer, tokens.metadata(issuer.browser()).getTokenUri(), Map.of("grant_type", "client_credentials"));
        if (!answer.good()) {
            throw new IssuerUnavailableException(
                    issuer.name(),
                    "the client " + issuer.settings().clientId() + " gets no token of its own (" + answer.status() + " "
                            + answer.error() + "); its service account has to be on and have the roles view-users and"
                            + " query-groups");
        }
        return answer.body().path("access_token").asText();
    }

    /** One reading of everything. */
    private final class Reader {
        private final Issuer issuer;
        private final URI admin;
        private final String token;
        private final Map<String, There> people = new HashMap<>();

        Reader(Issuer issuer, URI admin, String token) {
            this.issuer = issuer;
            this.admin = admin;
            this.token = token;
        }

        Map<String, There> people() throws InterruptedException {
            pages("/users?briefRepresentation=false", user -> {
                Map<String, Set<String>> attributes = new LinkedHashMap<>();
                user.path("attributes")
                        .properties()
                        .forEach(one -> attributes.put(one.getKey(), VerifiedTokens.texts(one.getValue())));
                people.put(
                        user.path("id").asText(),
                        new There(user.path("enabled").asBoolean(), attributes, new HashSet<>()));
            });
            pages("/groups?briefRepresentation=false", this::group);
            return people;
        }

        boolean removed(String subject) throws InterruptedException {
            return http.get(issuer, URI.create(admin + "/users/" + IssuerHttp.encoded(subject)), token)
                            .status()
                    == NOT_FOUND;
        }

        private void group(JsonNode group) throws InterruptedException {
            String id = group.path("id").asText();
            String path = group.path("path").asText();
            pages("/groups/" + id + "/members?briefRepresentation=true", member -> {
                There there = people.get(member.path("id").asText());
                if (there != null) {
                    there.groups().add(path);
                }
            });
            if (group.path("subGroupCount").asInt() > 0) {
                pages("/groups/" + id + "/children?briefRepresentation=false", this::group);
            }
        }

        private void pages(String path, Take take) throws InterruptedException {
            int first = 0;
            int found;
            do {
                IssuerHttp.Answer answer =
                        http.get(issuer, URI.create(admin + path + "&first=" + first + "&max=" + PAGE), token);
                if (!answer.good() || !answer.body().isArray()) {
                    throw new IssuerUnavailableException(
                            issuer.name(), "its admin API answers " + answer.status() + " to " + path);
                }
                found = answer.body().size();
                for (JsonNode one : answer.body()) {
                    take.one(one);
                }
                first += found;
            } while (found == PAGE);
        }
    }

    @FunctionalInterface
    private interface Take {
        void one(JsonNode item) throws InterruptedException;
    }
}
