package dev.slipway.platform.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.resolver.NoopAddressResolverGroup;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's share of the proxy: its client connections, its unused connections to backends, and the one task that
 * looks at all their deadlines, so that no request needs a timer of its own. Touched on its own thread only, but for the
 * methods that say otherwise.
 */
final class ProxyLoop {
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 192 * 1024);

    final ProxyContext context;
    final EventLoop events;
    private final int index;
    private final Bootstrap connector;
    private final Set<ClientConnection> clients = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<BackendState> withUnused = new HashSet<>();
    private @Nullable CompletableFuture<Void> drained;

    ProxyLoop(ProxyContext context, EventLoop events, int index, Class<? extends Channel> channel, int connectMillis) {
        this.context = context;
        this.events = events;
        this.index = index;
        this.connector = new Bootstrap()
                .group(events)
                .channel(channel)
                .resolver(NoopAddressResolverGroup.INSTANCE)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
        long tick = context.limits().tick();
        events.scheduleWithFixedDelay(this::look, tick, tick, TimeUnit.NANOSECONDS);
    }

    void add(ClientConnection client) {
        clients.add(client);
    }

    void remove(ClientConnection client) {
        clients.remove(client);
        tellIfDrained();
    }

    /** Opens a connection; the backend's handler is in its pipeline when the future succeeds. */
    ChannelFuture connect(BackendState backend) {
        return connector
                .clone()
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        new BackendConnection(ProxyLoop.this, backend, channel);
                    }
                })
                .connect(backend.address);
    }

    /** An unused connection that has rested for at most {@code longest} nanoseconds. */
    @Nullable
    BackendConnection takeUnused(BackendState backend, long longest) {
        ArrayDeque<BackendConnection> unused = backend.unused(index);
        BackendConnection connection = unused.peekFirst();
        while (connection != null) {
            if (context.now() - connection.unusedSince() > longest) {
                return null;
            }
            unused.removeFirst();
            if (connection.usable()) {
                return connection;
            }
            connection = unused.peekFirst();
        }
        return null;
    }

    /** Keeps a connection for the next exchange, if there is room and its backend is still in the table. */
    void keepUnused(BackendConnection connection) {
        ArrayDeque<BackendConnection> unused = connection.backend.unused(index);
        boolean keep = connection.usable()
                && !connection.backend.retired()
                && unused.size() < context.limits().backendIdleConnections();
        if (!keep) {
            connection.close();
            return;
        }
        connection.unusedSince(context.now());
        if (unused.isEmpty()) {
            withUnused.add(connection.backend);
        }
        unused.addFirst(connection);
    }

    /** A connection has closed. */
    void forget(BackendConnection connection) {
        connection.backend.unused(index).remove(connection);
    }

    /** Closes the unused connections of a backend that has left the table. From any thread. */
    void retire(BackendState backend) {
        if (!events.isShuttingDown()) {
            events.execute(() -> {
                List.copyOf(backend.unused(index)).forEach(BackendConnection::close);
                backend.unused(index).clear();
                withUnused.remove(backend);
            });
        }
    }

    /** Lets requests in flight end and closes all else. From any thread. */
    CompletableFuture<Void> drain() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        events.execute(() -> {
            drained = done;
            List.copyOf(clients).forEach(ClientConnection::closeIfIdle);
            tellIfDrained();
        });
        return done;
    }

    private void tellIfDrained() {
        CompletableFuture<Void> asked = drained;
        if (asked != null && clients.stream().noneMatch(ClientConnection::busy)) {
            asked.complete(null);
        }
    }

    private void look() {
        long now = context.now();
        for (ClientConnection client : List.copyOf(clients)) {
            client.look(now);
        }
        long longest = context.limits().backendIdle();
        for (BackendState backend : List.copyOf(withUnused)) {
            ArrayDeque<BackendConnection> unused = backend.unused(index);
            BackendConnection oldest = unused.peekLast();
            while (oldest != null && now - oldest.unusedSince() > longest) {
                unused.removeLast();
                oldest.close();
                oldest = unused.peekLast();
            }
            if (unused.isEmpty()) {
                withUnused.remove(backend);
            }
        }
        tellIfDrained();
    }
}
