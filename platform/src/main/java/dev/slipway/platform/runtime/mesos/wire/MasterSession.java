package dev.slipway.platform.runtime.mesos.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One subscription at the leading master, with the connection its calls go over. */
public final class MasterSession implements AutoCloseable {
    /** The only spelling of the media type that a master takes. */
    public static final String PROTOBUF = "application/x-protobuf";

    private static final String SCHEDULER = "/api/v1/scheduler";
    private static final int MOST_HOPS = 5;

    private final Dialer dialer;
    private final MasterAddress leader;
    private final EventStream stream;
    private final String streamId;
    private final Executor work;
    private @Nullable CallConnection calls;

    private MasterSession(Dialer dialer, MasterAddress leader, EventStream stream, String streamId, Executor work) {
        this.dialer = dialer;
        this.leader = leader;
        this.stream = stream;
        this.streamId = streamId;
        this.work = work;
    }

    /**
     * Subscribes at the first of the masters that leads or knows who does.
     *
     * @param subscribe the call, as protobuf
     * @throws IOException when none of them gives a stream; what the last one said
     */
    public static MasterSession open(Dialer dialer, MasterLocator locator, byte[] subscribe, Executor work)
            throws IOException {
        IOException last = new IOException("There is no Mesos master to subscribe at: the list is empty");
        for (MasterAddress candidate : locator.candidates()) {
            try {
                return follow(dialer, candidate, subscribe, work);
            } catch (SubscribeRefusedException e) {
                last = e;
            } catch (IOException e) {
                last = new IOException(
                        "Tried to subscribe at the Mesos master " + candidate + ": " + e.getMessage(), e);
            }
        }
        throw last;
    }

    private static MasterSession follow(Dialer dialer, MasterAddress first, byte[] subscribe, Executor work)
            throws IOException {
        MasterAddress address = first;
        for (int hop = 0; hop < MOST_HOPS; hop++) {
            String head = dialer.post(address, SCHEDULER, PROTOBUF, PROTOBUF, subscribe.length);
            switch (EventStream.open(dialer, address, new CallConnection.Request(head, subscribe))) {
                case EventStream.Opened.Streaming streaming -> {
                    Optional<String> id = streaming.stream().header("mesos-stream-id");
                    if (id.isEmpty()) {
                        streaming.stream().close();
                        throw new SubscribeRefusedException(
                                address.authority(), 200, "a stream without Mesos-Stream-Id: this is no Mesos 1.x");
                    }
                    return new MasterSession(dialer, address, streaming.stream(), id.get(), work);
                }
                case EventStream.Opened.Answered refused -> {
                    HttpAnswer answer = refused.answer();
                    Optional<String> location = answer.header("location");
                    if (answer.status() != 307 || location.isEmpty()) {
                        throw new SubscribeRefusedException(address.authority(), answer.status(), answer.summary());
                    }
                    address = MasterAddress.redirected(location.get(), SCHEDULER);
                }
            }
        }
        throw new SubscribeRefusedException(first.authority(), 307, "redirected in a circle of masters");
    }

    /** The master that answered. */
    public MasterAddress leader() {
        return leader;
    }

    /** How long silence may last before the stream counts as dead. */
    public void patience(Duration atMost) throws IOException {
        stream.patience(atMost);
    }

    /** Hands on every event on the calling thread, until the stream ends. */
    public StreamEnd read(Consumer<byte[]> events) {
        return stream.read(events);
    }

    /**
     * Sends calls in this order, without waiting for their answers.
     *
     * @param bodies the calls, as protobuf
     * @return the answers; each fails with an {@link IOException} if the connection breaks
     */
    public synchronized List<CompletableFuture<HttpAnswer>> send(List<byte[]> bodies) throws IOException {
        CallConnection open = calls;
        if (open == null || open.closed()) {
            open = CallConnection.open(dialer, leader, work);
            calls = open;
        }
        return open.send(bodies.stream().map(this::request).toList());
    }

    private CallConnection.Request request(byte[] body) {
        String head = dialer.post(leader, SCHEDULER, PROTOBUF, PROTOBUF, body.length) + "Mesos-Stream-Id: " + streamId
                + "\r\n";
        return new CallConnection.Request(head, body);
    }

    @Override
    public void close() {
        stream.close();
        CallConnection open;
        synchronized (this) {
            open = calls;
        }
        if (open != null) {
            open.close();
        }
    }
}
