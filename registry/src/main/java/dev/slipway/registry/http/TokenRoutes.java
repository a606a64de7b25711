package dev.slipway.registry.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.registry.access.Authentication;
import dev.slipway.registry.access.BasicCredentials;
import dev.slipway.registry.access.RegistryPrincipal;
import dev.slipway.registry.access.Scope;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.RegistryException;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /v2/token}: tokens by GET with Basic credentials or none, and by POST as OAuth 2 grant, as Docker's clients ask for
 * them. Whoever shows a password and asks for {@code offline_token=true} or {@code access_type=offline} gets a refresh token
 * too, and later shows that instead.
 */
final class TokenRoutes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_FORM = 64 * 1024;

    private final Authentication authentication;

    TokenRoutes(Authentication authentication) {
        this.authentication = authentication;
    }

    void handle(Exchange exchange) {
        if (exchange.method() == HttpMethod.POST) {
            byForm(exchange);
        } else if (exchange.method() == HttpMethod.GET) {
            byQuery(exchange);
        } else {
            throw new RegistryException(ErrorCode.UNSUPPORTED, "tokens are asked for by GET or POST");
        }
    }

    private void byQuery(Exchange exchange) {
        String header = exchange.header("Authorization");
        Optional<BasicCredentials> shown = header == null ? Optional.empty() : BasicCredentials.parse(header);
        Optional<RegistryPrincipal> principal =
                header == null ? Optional.of(RegistryPrincipal.ANONYMOUS) : verified(exchange, shown);
        if (principal.isEmpty()) {
            refuse(exchange, 401, "invalid_client");
            return;
        }
        Optional<String> refresh = shown.filter(any -> "true".equals(exchange.query("offline_token")))
                .map(authentication.refreshTokens()::write);
        issue(exchange, principal.get(), exchange.request().params().getAll("scope"), refresh);
    }

    private void byForm(Exchange exchange) {
        Map<String, List<String>> form = form(exchange);
        String grant = first(form, "grant_type");
        boolean refreshing = grant.equals("refresh_token");
        if (!refreshing && !grant.equals("password")) {
            refuse(exchange, 400, "unsupported_grant_type");
            return;
        }
        Optional<BasicCredentials> shown = refreshing
                ? authentication.refreshTokens().read(first(form, "refresh_token"))
                : Optional.of(new BasicCredentials(first(form, "username"), first(form, "password")));
        Optional<RegistryPrincipal> principal = verified(exchange, shown);
        if (principal.isEmpty()) {
            refuse(exchange, 401, "invalid_grant");
            return;
        }
        Optional<String> refresh = refreshing
                ? Optional.of(first(form, "refresh_token"))
                : shown.filter(any -> first(form, "access_type").equals("offline"))
                        .map(authentication.refreshTokens()::write);
        issue(exchange, principal.get(), form.getOrDefault("scope", List.of()), refresh);
    }

    private Optional<RegistryPrincipal> verified(Exchange exchange, Optional<BasicCredentials> shown) {
        return shown.flatMap(some -> authentication.verify(some, exchange.address()));
    }

    private void issue(Exchange exchange, RegistryPrincipal principal, List<String> scopes, Optional<String> refresh) {
        Authentication.IssuedToken issued = authentication.issue(principal, Scope.parseAll(scopes));
        ObjectNode answer = JSON.createObjectNode();
        answer.put("token", issued.text());
        answer.put("access_token", issued.text());
        answer.put("token_type", "Bearer");
        answer.put("expires_in", authentication.tokenLife().toSeconds());
        answer.put("issued_at", issued.issuedAt().toString());
        answer.put("scope", Scope.text(issued.token().grants()));
        refresh.ifPresent(text -> answer.put("refresh_token", text));
        exchange.answerBytes(
                200, "application/json", bytes(answer), response -> response.putHeader("Cache-Control", "no-store"));
    }

    private void refuse(Exchange exchange, int status, String error) {
        ObjectNode answer = JSON.createObjectNode().put("error", error);
        answer.putArray("errors")
                .addObject()
                .put("code", ErrorCode.UNAUTHORIZED.code())
                .put("message", ErrorCode.UNAUTHORIZED.message())
                .put("detail", "the name and password or token do not belong together");
        exchange.answerBytes(status, "application/json", bytes(answer), response -> {
            if (status == 401) {
                response.putHeader("WWW-Authenticate", "Basic realm=\"" + authentication.service() + "\"");
            }
        });
    }

    private static Map<String, List<String>> form(Exchange exchange) {
        try {
            byte[] body = exchange.body().readNBytes(MAX_FORM + 1);
            if (body.length > MAX_FORM) {
                throw new RegistryException(
                        ErrorCode.BLOB_TOO_LARGE, "a token request has at most " + MAX_FORM + " bytes");
            }
            return parameters(new String(body, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fields of an application/x-www-form-urlencoded body (URL Standard, 5.1). */
    private static Map<String, List<String>> parameters(String body) {
        Map<String, List<String>> parameters = new HashMap<>();
        for (String field : body.split("&")) {
            int equals = field.indexOf('=');
            String name = equals < 0 ? field : field.substring(0, equals);
            String value = equals < 0 ? "" : field.substring(equals + 1);
            parameters
                    .computeIfAbsent(URLDecoder.decode(name, StandardCharsets.UTF_8), key -> new ArrayList<>())
                    .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static String first(Map<String, List<String>> form, String key) {
        List<String> values = form.getOrDefault(key, List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }

    private static byte[] bytes(ObjectNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }
}
