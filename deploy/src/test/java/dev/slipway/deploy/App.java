package dev.slipway.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** One app of a running installation, as its developer handles it. */
record App(Installation slipway, Developer developer, String tenant, String name) {
    /** Nothing may stay between two states longer than this. */
    static final Duration BOUND = Duration.ofSeconds(90);

    private static final Set<String> ENDED =
            Set.of("succeeded", "failed", "cancelled", "timed_out", "done", "rolled_back");

    /** A new app of tenant {@code test}, which is made if need be. */
    static App create(Installation slipway, String name) {
        Developer developer =
                Developer.firstAdmin(slipway).tenant("test").app("test", name).withKey();
        return new App(slipway, developer, "test", name);
    }

    /** Pushes {@code main} over HTTP; the output is what the developer sees. */
    Command.Result push(Source source) {
        return git(source, "push", remote(), "main");
    }

    Command.Result pushBySsh(Source source) {
        return git(source, "push", developer.sshRemote(tenant, name), "main");
    }

    /** Begins a push of {@code main} and does not wait. */
    Future<Command.Result> pushing(Source source, ExecutorService threads) {
        return threads.submit(() -> push(source));
    }

    Command.Result git(Source source, String... arguments) {
        return developer.git(source.directory(), arguments);
    }

    String remote() {
        return developer.remote(tenant, name);
    }

    /** What the repository says its branch is at; empty when it has none. */
    String branch(Source source, String branch) {
        return git(source, "ls-remote", remote(), "refs/heads/" + branch)
                .orFail()
                .split("\\s", 2)[0];
    }

    /** Asks the live app through the proxy. */
    HttpResponse<String> get(String path) {
        return slipway.getApp(host(), path);
    }

    String body() {
        HttpResponse<String> response = get("/");
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    String host() {
        return URI.create(facts().required("url").asText()).getAuthority();
    }

    JsonNode facts() {
        return read("");
    }

    String liveRelease() {
        return facts().path("release").asText("");
    }

    /** {@code builds}, {@code releases} or {@code deployments}, newest first. */
    List<JsonNode> list(String what) {
        List<JsonNode> items = new ArrayList<>();
        read("/" + what).required("items").forEach(items::add);
        return items;
    }

    JsonNode newest(String what) {
        return list(what).getFirst();
    }

    /** The instances of all process types. */
    List<JsonNode> instances() {
        List<JsonNode> all = new ArrayList<>();
        read("/processes").forEach(type -> type.required("instances").forEach(all::add));
        return all;
    }

    JsonNode read(String what) {
        return json(developer.get(path() + what), what);
    }

    JsonNode post(String what, Map<String, ?> body) {
        return json(developer.post(path() + what, body), what);
    }

    JsonNode patch(String what, Map<String, ?> body) {
        return json(developer.patch(path() + what, body), what);
    }

    JsonNode cancel(String what, int number) {
        return json(developer.delete(path() + "/" + what + "/" + number), what);
    }

    /** Waits until every build and deployment has ended. */
    void awaitRest() {
        Await.until(
                "builds and deployments of " + name + " ended", BOUND, () -> ended("builds") && ended("deployments"));
    }

    /** Waits until a deployment has ended, and returns it. */
    JsonNode awaitDeployment(int number) {
        Await.until(
                "deployment " + number + " of " + name + " ended",
                BOUND,
                () -> ENDED.contains(
                        read("/deployments/" + number).required("state").asText()));
        return read("/deployments/" + number);
    }

    /** Names of the containers that run for this app. */
    List<String> containers() {
        String names = Command.in(slipway.home())
                .run(
                        "docker",
                        "ps",
                        "--format",
                        "{{.Names}}",
                        "--filter",
                        "label=dev.slipway.installation=" + slipway.id(),
                        "--filter",
                        "label=dev.slipway.kind=instance",
                        "--filter",
                        "label=dev.slipway.app=" + name)
                .orFail();
        return Arrays.stream(names.split("\n")).filter(name -> !name.isBlank()).toList();
    }

    private boolean ended(String what) {
        return list(what).stream()
                .allMatch(item -> ENDED.contains(item.required("state").asText()));
    }

    private String path() {
        return "/tenants/" + tenant + "/apps/" + name;
    }

    private static JsonNode json(HttpResponse<String> response, String what) {
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(what + ": " + response.statusCode() + " " + response.body());
        }
        return response.body().isEmpty()
                ? com.fasterxml.jackson.databind.node.NullNode.getInstance()
                : Developer.json(response);
    }
}
