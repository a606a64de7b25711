package dev.slipway.registry.http;

import dev.slipway.registry.access.Action;
import dev.slipway.registry.access.Caller;
import dev.slipway.registry.access.Scope;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Tells a client where to get a token and for what (Docker's token specification, section "How to authenticate"). */
final class Challenges {
    private final Optional<String> realm;
    private final String service;

    /**
     * Challenges of one registry.
     *
     * @param realm the address of the token endpoint; empty to use the host the client used
     */
    Challenges(Optional<String> realm, String service) {
        this.realm = realm;
        this.service = service;
    }

    String challenge(Exchange exchange, ErrorCode code) {
        StringBuilder text = new StringBuilder("Bearer realm=\"")
                .append(realm.orElseGet(() -> realm(exchange.request())))
                .append("\",service=\"")
                .append(service)
                .append('"');
        scope(exchange)
                .ifPresent(scope -> text.append(",scope=\"").append(scope).append('"'));
        if (code == ErrorCode.INSUFFICIENT_SCOPE || exchange.caller() instanceof Caller.ByToken) {
            text.append(",error=\"insufficient_scope\"");
        } else if (exchange.header("Authorization") != null) {
            text.append(",error=\"invalid_token\"");
        }
        return text.toString();
    }

    /** What a request does to its repository. */
    static Action action(RegistryPath.InRepository path, HttpMethod method) {
        if (path instanceof RegistryPath.OfUpload || path instanceof RegistryPath.OfUploads) {
            return Action.PUSH;
        }
        if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
            return Action.PULL;
        }
        return method == HttpMethod.DELETE ? Action.DELETE : Action.PUSH;
    }

    private static Optional<String> scope(Exchange exchange) {
        try {
            return switch (RegistryPath.parse(exchange.request().path())) {
                case RegistryPath.InRepository inside -> Optional.of(scope(exchange, inside));
                case RegistryPath.Catalog all -> Optional.of("registry:catalog:*");
                case RegistryPath.Base base -> Optional.empty();
                case RegistryPath.TokenIssue token -> Optional.empty();
            };
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }

    private static String scope(Exchange exchange, RegistryPath.InRepository path) {
        Action action = action(path, exchange.method());
        Set<Action> wanted = EnumSet.of(action);
        if (action == Action.PUSH) {
            wanted.add(Action.PULL);
        }
        String own = Scope.text(path.repository(), wanted);
        String from = path instanceof RegistryPath.OfUploads ? exchange.query("from") : null;
        if (from == null) {
            return own;
        }
        try {
            return own + " " + Scope.text(RepositoryName.parse(from), Set.of(Action.PULL));
        } catch (RegistryException e) {
            return own;
        }
    }

    private static String realm(HttpServerRequest request) {
        String host = String.valueOf(request.authority());
        StringBuilder plain = new StringBuilder();
        host.chars().filter(c -> c > ' ' && c < 0x7f && c != '"' && c != '\\').forEach(c -> plain.append((char) c));
        return request.scheme() + "://" + plain + "/v2/token";
    }
}
