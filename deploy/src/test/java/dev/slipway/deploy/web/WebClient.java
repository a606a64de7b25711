package dev.slipway.deploy.web;

import dev.slipway.deploy.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without a screen: keeps the session cookie, sends forms, follows nothing by itself. */
final class WebClient {
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");
    private static final Pattern COOKIE = Pattern.compile("slipway_session=([^;]+)(.*)");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI address;
    private final String languages;
    private String cookie = "";
    private String attributes = "";
    private String formToken = "";

    WebClient(Product product) {
        this(product, "en");
    }

    WebClient(Product product, String languages) {
        this.address = product.address();
        this.languages = languages;
    }

    /** A client that has signed in as the first administrator. */
    static WebClient admin(Product product) {
        WebClient client = new WebClient(product);
        client.get("/sign-in");
        client.signIn("admin", product.admin("password"));
        return client;
    }

    HttpResponse<String> signIn(String name, String password) {
        return post("/sign-in", Map.of("name", name, "password", password));
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** Sends a form with the token of the last page. */
    HttpResponse<String> post(String path, Map<String, String> fields) {
        return postWith(formToken, path, fields);
    }

    HttpResponse<String> postWith(String token, String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&", "token=" + encoded(token) + "&", ""));
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    String cookie() {
        return cookie;
    }

    /** What came behind the cookie's value. */
    String attributes() {
        return attributes;
    }

    WebClient withCookie(String other) {
        cookie = other;
        return this;
    }

    String formToken() {
        return formToken;
    }

    static String location(HttpResponse<String> response) {
        return URI.create(response.headers().firstValue("location").orElse("")).getRawPath();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Accept-Language", languages);
        return cookie.isEmpty() ? request : request.header("Cookie", "slipway_session=" + cookie);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            for (String set : response.headers().allValues("set-cookie")) {
                Matcher matcher = COOKIE.matcher(set);
                if (matcher.matches()) {
                    cookie = matcher.group(1);
                    attributes = matcher.group(2);
                }
            }
            Matcher token = TOKEN.matcher(response.body());
            if (token.find()) {
                formToken = token.group(1);
            }
            return response;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
