package dev.slipway.bench.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * An open-loop load: requests are due at a constant rate whatever the answers do, and a latency is counted from the moment
 * its request was due, so that a stall is seen by every request it delays. Prints p50 and p99 in microseconds.
 */
public final class ConstantRate {
    private final Selector selector = Selector.open();
    private final ArrayDeque<Connection> free = new ArrayDeque<>();
    private final ByteBuffer request;
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private final long[] latencies;
    private int answered;

    private ConstantRate(String host, int total) throws IOException {
        byte[] bytes = ("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        request = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        latencies = new long[total];
    }

    private static final class Connection {
        final SocketChannel channel;
        long due;
        int received;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }
    }

    /** @param args port, Host field, requests per second, seconds, connections */
    public static void main(String[] args) throws IOException {
        int rate = Integer.parseInt(args[2]);
        int seconds = Integer.parseInt(args[3]);
        ConstantRate load = new ConstantRate(args[1], rate * seconds);
        load.connect(Integer.parseInt(args[0]), Integer.parseInt(args[4]));
        load.run(1_000_000_000L / rate);
        // The first fifth warms the connections up and is not counted.
        long[] counted = Arrays.copyOfRange(load.latencies, load.latencies.length / 5, load.latencies.length);
        Arrays.sort(counted);
        System.out.printf(
                "{\"p50\": %.1f, \"p99\": %.1f}%n",
                counted[counted.length / 2] / 1000.0, counted[counted.length * 99 / 100] / 1000.0);
    }

    private void connect(int port, int connections) throws IOException {
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            Connection connection = new Connection(channel);
            channel.register(selector, SelectionKey.OP_READ, connection);
            free.add(connection);
        }
    }

    private void run(long gap) throws IOException {
        long start = System.nanoTime();
        int sent = 0;
        while (answered < latencies.length) {
            long now = System.nanoTime();
            while (sent < latencies.length && start + sent * gap <= now && !free.isEmpty()) {
                Connection connection = free.poll();
                connection.due = start + sent * gap;
                connection.channel.write(request.duplicate());
                sent++;
            }
            if (selector.selectNow(this::receive) == 0) {
                LockSupport.parkNanos(20_000);
            }
        }
    }

    private void receive(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            in.clear();
            if (connection.channel.read(in) < 0) {
                throw new IOException("connection closed by the other side");
            }
        } catch (IOException lost) {
            throw new java.io.UncheckedIOException(lost);
        }
        // The backend's body is all x and its fields are not: a body of 128 of them ends the answer.
        for (int i = 0; i < in.position(); i++) {
            connection.received = in.get(i) == 'x' ? connection.received + 1 : 0;
        }
        if (connection.received >= 128) {
            connection.received = 0;
            latencies[answered++] = System.nanoTime() - connection.due;
            free.add(connection);
        }
    }
}
