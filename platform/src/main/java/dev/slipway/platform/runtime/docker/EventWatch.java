package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.Runtime;
import dev.slipway.platform.runtime.RuntimeEvent;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.site.InstallationId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Turns the engine's event stream into events of instances. */
final class EventWatch extends ResultCallback.Adapter<Event> implements Runtime.Watch {

    private final Engine engine;
    private final DockerSettings settings;
    private final ContainerLogs logs;
    private final Consumer<RuntimeEvent> listener;
    private final CompletableFuture<Boolean> open = new CompletableFuture<>();
    private volatile boolean ended;

    private EventWatch(Engine engine, DockerSettings settings, ContainerLogs logs, Consumer<RuntimeEvent> listener) {
        this.engine = engine;
        this.settings = settings;
        this.logs = logs;
        this.listener = listener;
    }

    /** Opens the stream; returns when the engine has accepted it, so that no later event is missed. */
    static EventWatch open(
            Engine engine,
            DockerSettings settings,
            InstallationId installation,
            ContainerLogs logs,
            Consumer<RuntimeEvent> listener) {
        EventWatch watch = new EventWatch(engine, settings, logs, listener);
        engine.client()
                .eventsCmd()
                .withEventTypeFilter("container")
                .withEventFilter("start", "die", "destroy")
                .withLabelFilter(
                        Labels.filter(installation, Labels.Kind.INSTANCE).toArray(String[]::new))
                .exec(watch);
        try {
            watch.open.get(settings.responseTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return watch;
        } catch (ExecutionException | TimeoutException e) {
            watch.close();
            throw new RuntimeUnavailableException("watch", engine.address().toString(), Engine.reason(e), e);
        } catch (InterruptedException e) {
            watch.close();
            Thread.currentThread().interrupt();
            throw new RuntimeUnavailableException("watch", engine.address().toString(), "interrupted", e);
        }
    }

    @Override
    public void onStart(java.io.Closeable stream) {
        super.onStart(stream);
        open.complete(true);
    }

    @Override
    public void onNext(Event event) {
        if (ended || event.getActor() == null) {
            return;
        }
        Map<String, String> attributes = event.getActor().getAttributes();
        String name = attributes == null ? "" : attributes.getOrDefault("name", "");
        Optional<InstanceId> id = InstanceId.find(name);
        if (attributes == null || id.isEmpty() || event.getAction() == null) {
            return;
        }
        Instant at = event.getTimeNano() == null ? Instant.EPOCH : Instant.ofEpochSecond(0, event.getTimeNano());
        switch (event.getAction()) {
            case "start" -> started(id.get(), at);
            case "die" -> listener.accept(exited(id.get(), attributes, at));
            case "destroy" -> listener.accept(new RuntimeEvent.Vanished(id.get(), at));
            default -> {}
        }
    }

    private void started(InstanceId id, Instant at) {
        find(id).ifPresent(state -> listener.accept(new RuntimeEvent.Started(
                id, state.endpoint().host(), state.endpoint().port(), at)));
    }

    private RuntimeEvent exited(InstanceId id, Map<String, String> attributes, Instant at) {
        Optional<ContainerState> state = find(id);
        int code = Integer.parseInt(attributes.getOrDefault("exitCode", "-1"));
        boolean oom = state.map(ContainerState::oomKilled).orElse(false);
        List<String> lines = state.map(found -> logs.last(found.containerId())).orElse(List.of());
        return new RuntimeEvent.Exited(id, code, oom, lines, at);
    }

    private Optional<ContainerState> find(InstanceId id) {
        try {
            return ContainerState.of(engine, settings, id.text());
        } catch (RuntimeUnavailableException e) {
            return Optional.empty();
        }
    }

    @Override
    public void onError(Throwable failure) {
        ended = true;
        open.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        ended = true;
        open.completeExceptionally(new IOException("the engine closed the stream"));
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public void close() {
        ended = true;
        try {
            super.close();
        } catch (IOException e) {
            ended = true;
        }
    }
}
