package dev.slipway.registry.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens as JSON Web Tokens (RFC 7519) signed with HMAC-SHA-256. Only this one header is ever accepted, so that no token
 * chooses its own algorithm.
 */
public final class TokenCodec {
    private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
    private static final int MAX_LENGTH = 16 * 1024;
    private static final int KNOWN_TOKENS = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SecretKeySpec key;
    private final String service;
    private final InstantSource clock;
    private final Cache<String, AccessToken> known = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(KNOWN_TOKENS)
            .build();

    /**
     * A codec for one registry.
     *
     * @param service the registry's name; tokens made for another are foreign
     */
    public TokenCodec(TokenKey key, String service, InstantSource clock) {
        this.key = new SecretKeySpec(key.secret(), "HmacSHA256");
        this.service = service;
        this.clock = clock;
    }

    /** The registry's name. */
    public String service() {
        return service;
    }

    /** Writes and signs a token. */
    public String write(AccessToken token) {
        ObjectNode claims = JSON.createObjectNode();
        claims.put("iss", service)
                .put("aud", service)
                .put("sub", token.principal().subject());
        claims.put("exp", token.expiresAt().getEpochSecond());
        claims.put("iat", clock.instant().getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        ArrayNode access = claims.putArray("access");
        token.grants().forEach((name, actions) -> {
            ObjectNode entry = access.addObject().put("type", "repository").put("name", name.value());
            ArrayNode words = entry.putArray("actions");
            actions.stream().sorted().map(Action::word).forEach(words::add);
        });
        if (token.catalog()) {
            access.addObject()
                    .put("type", "registry")
                    .put("name", "catalog")
                    .putArray("actions")
                    .add("*");
        }
        String signed = HEADER + "." + encode(claims.toString().getBytes(StandardCharsets.UTF_8));
        return signed + "." + encode(sign(signed));
    }

    /** Reads a token; empty if it is not ours, was changed, or has expired. Never blocks. */
    public Optional<AccessToken> read(String text) {
        AccessToken token = known.getIfPresent(text);
        if (token == null) {
            token = verify(text).orElse(null);
            if (token == null) {
                return Optional.empty();
            }
            known.put(text, token);
        }
        return clock.instant().isBefore(token.expiresAt()) ? Optional.of(token) : Optional.empty();
    }

    private Optional<AccessToken> verify(String text) {
        int end = text.lastIndexOf('.');
        if (text.length() > MAX_LENGTH || end <= HEADER.length() || !text.startsWith(HEADER + ".")) {
            return Optional.empty();
        }
        try {
            byte[] signature = Base64.getUrlDecoder().decode(text.substring(end + 1));
            if (!MessageDigest.isEqual(signature, sign(text.substring(0, end)))) {
                return Optional.empty();
            }
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(text.substring(HEADER.length() + 1, end)));
            return service.equals(claims.path("aud").asText()) ? Optional.of(token(claims)) : Optional.empty();
        } catch (IllegalArgumentException | IOException | RegistryException e) {
            return Optional.empty();
        }
    }

    private static AccessToken token(JsonNode claims) {
        Map<RepositoryName, Set<Action>> grants = new HashMap<>();
        boolean catalog = false;
        for (JsonNode entry : claims.path("access")) {
            if (entry.path("type").asText().equals("registry")) {
                catalog = true;
                continue;
            }
            Set<Action> actions = EnumSet.noneOf(Action.class);
            entry.path("actions").forEach(word -> Action.ofWord(word.asText()).ifPresent(actions::add));
            grants.put(RepositoryName.parse(entry.path("name").asText()), Set.copyOf(actions));
        }
        return new AccessToken(
                new RegistryPrincipal(claims.path("sub").asText()),
                grants,
                catalog,
                Instant.ofEpochSecond(claims.path("exp").asLong()));
    }

    private byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot sign with HmacSHA256", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
