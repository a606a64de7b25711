package dev.slipway.platform.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks an issuer's endpoints that the library has no call for. Answers are JSON, whatever the status. */
@ApplicationScoped
class IssuerHttp {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ObjectMapper json;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    IssuerHttp(ObjectMapper json) {
        this.json = json;
    }

    /** An answer; {@code body} is an empty object where the issuer sent no JSON. */
    record Answer(int status, JsonNode body) {
        boolean good() {
            return status >= 200 && status < 300;
        }

        /** The code of RFC 6749, 5.2; empty if there is none. */
        String error() {
            return body.path("error").asText("");
        }
    }

    /** Posts a form as the issuer's browser client, by its secret if it has one (RFC 6749, 2.3.1). */
    Answer postAsClient(Issuer issuer, String endpoint, Map<String, String> form) throws InterruptedException {
        Optional<String> secret = issuer.settings().clientSecret();
        Map<String, String> fields = new LinkedHashMap<>(form);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(endpoint));
        if (secret.isPresent()) {
            String pair = encoded(issuer.settings().clientId()) + ":" + encoded(secret.get());
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
        } else {
            fields.put("client_id", issuer.settings().clientId());
        }
        return send(issuer, post(request, fields));
    }

    /** Posts a form as a public client. */
    Answer postAs(Issuer issuer, String client, String endpoint, Map<String, String> form) throws InterruptedException {
        Map<String, String> fields = new LinkedHashMap<>(form);
        fields.put("client_id", client);
        return send(issuer, post(HttpRequest.newBuilder(URI.create(endpoint)), fields));
    }

    /** Reads with a bearer token. */
    Answer get(Issuer issuer, URI address, String token) throws InterruptedException {
        return send(issuer, HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token));
    }

    private static HttpRequest.Builder post(HttpRequest.Builder request, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private Answer send(Issuer issuer, HttpRequest.Builder request) throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(
                    request.header("Accept", "application/json")
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), body(response.body()));
        } catch (IOException e) {
            throw new IssuerUnavailableException(issuer.name(), "it does not answer (" + e.getMessage() + ")");
        }
    }

    private JsonNode body(String text) {
        try {
            JsonNode read = json.readTree(text);
            return read == null || read.isMissingNode() ? json.createObjectNode() : read;
        } catch (IOException e) {
            return json.createObjectNode();
        }
    }

    /** For forms and paths. */
    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
