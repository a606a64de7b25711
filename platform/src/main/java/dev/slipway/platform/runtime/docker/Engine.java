package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.SSLConfig;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * The one way to the engine. Short commands have a time limit of our own, because the transport ignores read time
 * limits on a Unix socket, and are repeated once if the connection had been closed by an engine that restarted.
 */
final class Engine implements AutoCloseable {

    private final EngineAddress address;
    private final Duration connectTimeout;
    private final Duration responseTimeout;
    private final ExecutorService work;
    private final DockerHttpClient http;
    private final DockerClient client;

    /** The engine beside this program. */
    Engine(DockerSettings settings, ExecutorService work) {
        this(new EngineAddress.Local(settings.socket()), settings, work);
    }

    Engine(EngineAddress address, DockerSettings settings, ExecutorService work) {
        this.address = address;
        this.connectTimeout = settings.connectTimeout();
        this.responseTimeout = settings.responseTimeout();
        this.work = work;
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(address.url())
                .withDockerTlsVerify(false)
                .withApiVersion("1.41")
                .build();
        this.http = new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(
                        address instanceof EngineAddress.Remote remote
                                ? new Sealed(remote.trust().contextFor(remote.host()))
                                : null)
                .maxConnections(2_000)
                .connectionTimeout(settings.connectTimeout())
                .build();
        this.client = DockerClientImpl.getInstance(config, http);
    }

    /** For building commands and for streams, which have no time limit. */
    DockerClient client() {
        return client;
    }

    /** For requests that the client library cannot express. */
    DockerHttpClient http() {
        return http;
    }

    /** Where it is. */
    EngineAddress address() {
        return address;
    }

    /** A connection of its own, for what the client library cannot express either. */
    EngineAddress.Wire wire() throws IOException {
        return address.open(connectTimeout);
    }

    /** Runs tasks that block on streams of the engine. */
    ExecutorService work() {
        return work;
    }

    /** Runs a command within the usual time. */
    <T> T call(String attempted, String subject, Callable<T> command) {
        return call(attempted, subject, responseTimeout, command);
    }

    /**
     * Runs a command.
     *
     * @throws NotFoundException and the like for answers that are the caller's fault
     * @throws RuntimeUnavailableException for everything else
     */
    <T> T call(String attempted, String subject, Duration limit, Callable<T> command) {
        try {
            return once(attempted, subject, limit, command);
        } catch (StaleConnectionException e) {
            try {
                return once(attempted, subject, limit, command);
            } catch (StaleConnectionException again) {
                throw new RuntimeUnavailableException(attempted, subject, reason(again.failure), again.failure);
            }
        }
    }

    private <T> T once(String attempted, String subject, Duration limit, Callable<T> command)
            throws StaleConnectionException {
        Future<T> answer = work.submit(command);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new RuntimeUnavailableException(
                    attempted, subject, "the engine did not answer within " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new RuntimeUnavailableException(attempted, subject, "interrupted", e);
        } catch (ExecutionException e) {
            throw translate(attempted, subject, Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private static RuntimeException translate(String attempted, String subject, Throwable failure)
            throws StaleConnectionException {
        if (failure instanceof NotFoundException
                || failure instanceof ConflictException
                || failure instanceof NotModifiedException
                || failure instanceof BadRequestException
                || failure instanceof RuntimeUnavailableException
                || failure instanceof EngineRefusedException) {
            return (RuntimeException) failure;
        }
        if (failure instanceof DockerException answered && answered.getHttpStatus() >= 500) {
            return new EngineFaultException(attempted, subject, reason(failure), failure);
        }
        if (root(failure) instanceof IOException broken && !(broken instanceof ConnectException)) {
            throw new StaleConnectionException(failure);
        }
        return new RuntimeUnavailableException(attempted, subject, reason(failure), failure);
    }

    /** What the engine or the system said, in one line. */
    static String reason(Throwable failure) {
        Throwable root = root(failure);
        String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        int json = message.indexOf("{\"message\":\"");
        if (json >= 0) {
            message = message.substring(json + 12).replaceFirst("\"}\\s*$", "").replace("\\\"", "\"");
        }
        return message.strip().replace('\n', ' ');
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new RuntimeUnavailableException("close the connections to", address.toString(), reason(e), e);
        }
    }

    /** The context that was made for its host. */
    private record Sealed(SSLContext context) implements SSLConfig {
        @Override
        public SSLContext getSSLContext() {
            return context;
        }
    }

    private static final class StaleConnectionException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Throwable failure;

        StaleConnectionException(Throwable failure) {
            super(failure);
            this.failure = failure;
        }
    }
}
