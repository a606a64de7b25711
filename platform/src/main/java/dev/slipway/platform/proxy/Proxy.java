package dev.slipway.platform.proxy;

import dev.slipway.platform.route.RouteTables;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The built-in proxy. Serves from {@link #start} to {@link #stop} whatever table {@link RouteTables} holds. Why it is our
 * own: decision 0030.
 */
public final class Proxy {
    private static final int ACCEPT_QUEUE = 1024;

    private final ProxySettings settings;
    private final Transport transport;
    private final EventLoopGroup group;
    private final ProxyContext context;
    private final Map<EventExecutor, ProxyLoop> loops = new IdentityHashMap<>();
    private final RouteTables.Subscription routes;
    private final List<Channel> acceptors = new ArrayList<>();
    private boolean stopped;

    /**
     * Prepares a proxy; it does not listen yet.
     *
     * @param ticker nanoseconds from any start, never going back
     * @throws IllegalArgumentException if a setting cannot be used
     */
    public Proxy(ProxySettings settings, RouteTables tables, ProxyMetrics metrics, LongSupplier ticker) {
        this.settings = settings;
        TrustedPeers trusted = new TrustedPeers(settings.trusted().orElse(List.of()));
        int threads = settings.threads() > 0
                ? settings.threads()
                : Runtime.getRuntime().availableProcessors();
        transport = Transport.choose(settings.nativeTransport());
        group = transport.group(threads, "slipway-proxy");
        LiveRoutes live = new LiveRoutes(metrics, threads, this::retire);
        HttpDecoderConfig decoding = new HttpDecoderConfig()
                .setMaxInitialLineLength(settings.maxRequestLine())
                .setMaxHeaderSize(settings.maxHeaders())
                .setMaxChunkSize(64 * 1024)
                .setAllowDuplicateContentLengths(false)
                .setStrictLineParsing(true)
                .setValidateHeaders(true);
        context = new ProxyContext(
                Limits.of(settings), live, ticker, trusted, decoding, new AtomicInteger(), new AtomicBoolean());
        int connectMillis = (int) settings.connectTimeout().toMillis();
        int index = 0;
        for (EventExecutor events : group) {
            loops.put(events, new ProxyLoop(context, (EventLoop) events, index++, transport.client, connectMillis));
        }
        routes = tables.listen(live::accept);
    }

    /**
     * Begins to listen.
     *
     * @return the address, with the port that was taken if the setting is 0
     * @throws ProxyStartException if the address cannot be had
     */
    public synchronized InetSocketAddress start() {
        ServerBootstrap server = new ServerBootstrap()
                .group(group)
                .channel(transport.server)
                .option(ChannelOption.SO_BACKLOG, ACCEPT_QUEUE)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, ProxyLoop.WATER_MARK)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                });
        InetSocketAddress wanted = new InetSocketAddress(settings.host(), settings.port());
        var bound = server.bind(wanted).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new ProxyStartException(wanted, bound.cause());
        }
        acceptors.add(bound.channel());
        return (InetSocketAddress) bound.channel().localAddress();
    }

    /**
     * Stops for good: no new connections, requests in flight end, each with {@code Connection: close}.
     *
     * @param drain the longest wait for them; what is left, and upgraded connections, are then cut off
     */
    public synchronized void stop(Duration drain) {
        if (stopped) {
            return;
        }
        stopped = true;
        acceptors.forEach(acceptor -> acceptor.close().awaitUninterruptibly());
        context.draining().set(true);
        CompletableFuture<?>[] drained =
                loops.values().stream().map(ProxyLoop::drain).toArray(CompletableFuture[]::new);
        try {
            await(CompletableFuture.allOf(drained), drain);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        routes.close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
    }

    /** Requests and upgraded connections on an instance; 0 for one that is unknown. */
    public int inFlight(String instance) {
        return context.routes().ofInstance(instance).stream()
                .mapToInt(BackendState::inFlight)
                .sum();
    }

    /**
     * Waits until nothing is in flight on an instance. Meant for one that has left the table: it gets nothing new, so that
     * what was seen to end stays ended.
     *
     * @return false if {@code limit} passed before
     */
    public boolean awaitDrained(String instance, Duration limit) throws InterruptedException {
        CompletableFuture<?>[] quiet = context.routes().ofInstance(instance).stream()
                .map(BackendState::quiet)
                .toArray(CompletableFuture[]::new);
        return await(CompletableFuture.allOf(quiet), limit);
    }

    private static boolean await(CompletableFuture<Void> future, Duration limit) throws InterruptedException {
        try {
            future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("draining cannot fail", impossible);
        }
    }

    private void accept(Channel channel) {
        AtomicInteger open = context.connections();
        if (open.incrementAndGet() > context.limits().maxConnections() || stopping()) {
            open.decrementAndGet();
            channel.close();
            return;
        }
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        ProxyLoop loop = loops.get(channel.eventLoop());
        if (loop == null || !(channel.remoteAddress() instanceof InetSocketAddress)) {
            channel.close(); // gone before it was looked at
            return;
        }
        new ClientConnection(loop, channel);
    }

    private boolean stopping() {
        return context.draining().get();
    }

    private void retire(BackendState backend) {
        loops.values().forEach(loop -> loop.retire(backend));
    }
}
