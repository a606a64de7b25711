package dev.slipway.deploy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** A running installation for tests in other packages: where it is, who may sign in, and apps to look at. */
public final class Product implements AutoCloseable {
    /** The tenant of all its apps. */
    public static final String TENANT = "test";

    private final Installation slipway;

    Product(Installation slipway) {
        this.slipway = slipway;
    }

    /** One that is not started yet and belongs to who asks for it: to be given settings, started and closed. */
    public static Product prepared() {
        return new Product(new Installation());
    }

    public Product with(String key, String value) {
        slipway.with(key, value);
        return this;
    }

    public void start() {
        slipway.start();
    }

    /** What the process has said. */
    public String log() {
        return slipway.log();
    }

    @Override
    public void close() {
        slipway.close();
    }

    public URI address() {
        return slipway.controlPlane();
    }

    /** What {@code first-admin.json} tells: {@code name}, {@code password} or {@code token}. */
    public String admin(String field) {
        try {
            return new ObjectMapper()
                    .readTree(slipway.home().resolve("first-admin.json").toFile())
                    .required(field)
                    .asText();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** An app of one static page, live. */
    public void liveApp(String name, String text) {
        App.create(slipway, name).push(Source.page(slipway, text)).orFail();
    }

    /** A live app with one worker that writes {@code WORD 1}, {@code WORD 2}, … a second apart. */
    public void talkingApp(String name, String word) {
        App app = App.create(slipway, name);
        String worker = "n=0; while :; do n=$((n+1)); echo " + word + " $n; sleep 1; done";
        Source source =
                Source.of(slipway, Map.of("index.html", "Talks\n", "Procfile", "worker: sh -c '" + worker + "'\n"));
        app.push(source).orFail();
        app.patch("/formation", Map.of("worker", 1));
    }

    /** Sets a config variable of a live app and waits for the release that has it. */
    public void configured(String name, String variable, String value) {
        App app = App.create(slipway, name);
        app.awaitDeployment(app.patch("/config", Map.of(variable, value))
                .required("rolling")
                .required("deployment")
                .asInt());
    }

    /** A person without any role; returns the password. */
    public String person(String name) {
        return Developer.json(Developer.firstAdmin(slipway).post("/people", Map.of("name", name)))
                .required("password")
                .asText();
    }

    /** An app that nobody has pushed. */
    public void newApp(String name) {
        App.create(slipway, name);
    }

    /** Pushes files to an app and does not wait; the exit code of git comes later. */
    public Future<Integer> pushing(String app, Map<String, String> files, ExecutorService threads) {
        App made = App.create(slipway, app);
        Source source = Source.of(slipway, files);
        return threads.submit(() -> made.push(source).exitCode());
    }

    /** Looks until it is so, or fails after a minute and a half. */
    public static void await(String what, Callable<Boolean> condition) {
        Await.until(what, Duration.ofSeconds(90), condition);
    }

    /** The same with a bound of one's own. */
    public static void await(String what, int seconds, Callable<Boolean> condition) {
        Await.until(what, Duration.ofSeconds(seconds), condition);
    }
}
