package dev.slipway.platform.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.tenancy.group.Claims;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.runtime.OidcProvider;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Reads tokens of an issuer after the library has verified signature (asymmetric algorithms only), issuer, audience and
 * time. A key that is not known is looked for once at the issuer.
 */
@ApplicationScoped
class VerifiedTokens {
    private static final Logger LOG = Logger.getLogger(VerifiedTokens.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST = 32_768;
    private static final String LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";

    private final Instance<TenantConfigBean> library;
    private final ObjectMapper json;

    VerifiedTokens(Instance<TenantConfigBean> library, ObjectMapper json) {
        this.library = library;
        this.json = json;
    }

    /** The claims of an identity or bearer token; empty if it does not hold. */
    Optional<JsonNode> verify(String tenant, String token) {
        OidcProvider provider = context(tenant).provider();
        try {
            provider.verifyJwtToken(token, true, true, null);
        } catch (InvalidJwtException e) {
            if (!unknownKey(e) || !holdsWithFreshKeys(provider, token)) {
                LOG.debugf("token refused tenant=%s why=%s", tenant, e.getMessage());
                return Optional.empty();
            }
        }
        return payload(token);
    }

    /** The claims of a logout token (OpenID Connect Back-Channel Logout 1.0, 2.6); empty if it is none that holds. */
    Optional<JsonNode> verifyLogout(String tenant, String token) {
        OidcProvider provider = context(tenant).provider();
        try {
            provider.verifyLogoutJwtToken(token);
        } catch (InvalidJwtException e) {
            if (!unknownKey(e) || !holdsWithFreshKeys(provider, token)) {
                LOG.debugf("logout token refused tenant=%s why=%s", tenant, e.getMessage());
                return Optional.empty();
            }
        }
        return payload(token)
                .filter(claims -> claims.path("events").path(LOGOUT_EVENT).isObject())
                .filter(claims -> !claims.has("nonce"))
                .filter(claims -> claims.hasNonNull("sub") || claims.hasNonNull("sid"));
    }

    /** What the issuer says of itself. */
    OidcConfigurationMetadata metadata(String tenant) {
        return context(tenant).getOidcMetadata();
    }

    /** The claims as they stand in a token, without any proof. */
    Optional<JsonNode> payload(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            JsonNode claims = json.readTree(Base64.getUrlDecoder().decode(parts[1]));
            return Optional.ofNullable(claims).filter(JsonNode::isObject);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Groups and other claims, for the rules. */
    static Claims claims(JsonNode token, String groupsClaim) {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        token.properties().forEach(claim -> values.put(claim.getKey(), texts(claim.getValue())));
        return new Claims(texts(token.path(groupsClaim)), values);
    }

    static Set<String> texts(JsonNode node) {
        Set<String> texts = new LinkedHashSet<>();
        if (node.isArray()) {
            StreamSupport.stream(node.spliterator(), false)
                    .filter(JsonNode::isValueNode)
                    .forEach(item -> texts.add(item.asText()));
        } else if (node.isValueNode() && !node.isNull()) {
            texts.add(node.asText());
        }
        return texts;
    }

    private TenantConfigContext context(String tenant) {
        TenantConfigContext known = library.get().getStaticTenant(tenant);
        TenantConfigContext ready =
                known.ready() ? known : known.initialize().await().atMost(PATIENCE);
        if (!ready.ready()) {
            throw new IssuerUnavailableException(tenant, "its discovery document cannot be read");
        }
        return ready;
    }

    private static boolean unknownKey(InvalidJwtException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvableKeyException) {
                return true;
            }
        }
        return false;
    }

    private static boolean holdsWithFreshKeys(OidcProvider provider, String token) {
        return provider.refreshJwksAndVerifyJwtToken(token, true, false, null)
                .onItem()
                .transform(result -> true)
                .onFailure()
                .recoverWithItem(false)
                .await()
                .atMost(PATIENCE);
    }
}
