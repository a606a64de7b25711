package dev.slipway.platform.runtime.mesos.wire;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Single questions to a master or an agent, each on a connection of its own. */
public final class Asking {
    private static final int MOST_HOPS = 5;

    private final Dialer dialer;
    private final Executor work;

    public Asking(Dialer dialer, Executor work) {
        this.dialer = dialer;
        this.work = work;
    }

    /**
     * Posts a protobuf call to the operator API and follows redirects to the leader.
     *
     * @throws IOException if no answer comes
     */
    public HttpAnswer post(MasterAddress address, byte[] call) throws IOException {
        String path = "/api/v1";
        return ask(
                address,
                path,
                to -> new CallConnection.Request(
                        dialer.post(to, path, MasterSession.PROTOBUF, MasterSession.PROTOBUF, call.length), call));
    }

    /**
     * Gets a path with its query.
     *
     * @throws IOException if no answer comes
     */
    public HttpAnswer get(MasterAddress address, String path) throws IOException {
        return ask(address, path, to -> new CallConnection.Request(dialer.get(to, path), new byte[0]));
    }

    private interface Requests {
        CallConnection.Request to(MasterAddress address);
    }

    private HttpAnswer ask(MasterAddress first, String path, Requests requests) throws IOException {
        MasterAddress address = first;
        for (int hop = 0; hop < MOST_HOPS; hop++) {
            HttpAnswer answer = once(address, requests.to(address));
            if (answer.status() != 307 || answer.header("location").isEmpty()) {
                return answer;
            }
            address = MasterAddress.redirected(answer.header("location").get(), path);
        }
        throw new IOException("Tried to ask " + first + " for " + path + ": redirected in a circle");
    }

    private HttpAnswer once(MasterAddress address, CallConnection.Request request) throws IOException {
        try (CallConnection connection = CallConnection.open(dialer, address, work)) {
            CompletableFuture<HttpAnswer> answer =
                    connection.send(List.of(request)).getFirst();
            return answer.get(dialer.answerTimeout().toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Tried to ask " + address + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + address, e);
        }
    }
}
