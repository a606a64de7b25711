package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.exception.DockerException;
import dev.slipway.buildpacks.sandbox.Limits;
import dev.slipway.buildpacks.sandbox.Sandbox;
import dev.slipway.buildpacks.sandbox.SandboxException;
import dev.slipway.buildpacks.sandbox.SandboxRequest;
import dev.slipway.buildpacks.sandbox.SandboxSession;
import dev.slipway.buildpacks.sandbox.StackName;
import dev.slipway.platform.loop.Timer;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.runtime.docker.ContainerState.Phase;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Sandboxes as containers. A few wait ready-started, because starting one takes as long as a small build; each is used
 * by one build and destroyed. See {@code docs/decisions/0042-warm-sandboxes.md}.
 */
@ApplicationScoped
public class DockerSandbox implements Sandbox {

    private static final Logger LOG = Logger.getLogger(DockerSandbox.class);
    private static final long ANY_DISK = Long.MAX_VALUE;

    private final DockerConnection connection;
    private final StackName stack;
    private final SandboxSettings settings;
    private final SandboxYard yard;
    private final ExecutorService work;
    private final InstantSource clock;
    private final SandboxTidying tidying;
    private final Queue<WarmSandbox> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger owed = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    private volatile CompletableFuture<Void> cleared = CompletableFuture.completedFuture(null);

    /** Prepares; sandboxes are started by {@link #warm(StackName)}. */
    @Inject
    public DockerSandbox(
            DockerConnection connection, SandboxSettings settings, StackName stack, InstantSource clock, Timer timer) {
        this.stack = stack;
        this.connection = connection;
        this.settings = settings;
        this.yard = new SandboxYard(connection, settings);
        this.work = connection.engine().work();
        this.clock = clock;
        this.tidying = new SandboxTidying(yard, timer, work, settings.tidyDelay(), () -> warm(stack));
    }

    /** Before the loops that begin builds: what they open must not be taken for a leftover. */
    void start(@Observes @Priority(1600) StartupEvent event) {
        cleared = CompletableFuture.runAsync(this::clearLeftovers, work).exceptionally(failure -> {
            LOG.warnf(failure, "leftovers of earlier runs not cleared away");
            return null;
        });
        if (settings.warmSandboxes() > 0) {
            cleared.thenRunAsync(() -> warm(stack), work);
        }
    }

    /** Removes sandboxes and one-offs of processes of Slipway that do not run any more. */
    public void clearLeftovers() {
        try {
            yard.clearLeftovers();
        } catch (RuntimeUnavailableException | DockerException | IOException e) {
            LOG.warnf("leftovers of earlier runs not cleared away reason=%s", Engine.reason(e));
        }
    }

    /** Starts as many sandboxes of a stack as shall wait; returns when they do. */
    public void warm(StackName stack) {
        while (waiting.size() + owed.get() < settings.warmSandboxes() && !closed.get()) {
            owed.incrementAndGet();
            try {
                add(yard.make(yard.imageId(stack.buildImage()), warmLimits()));
            } catch (SandboxException e) {
                LOG.infof("no sandbox started ahead of need stack=%s reason=%s", stack, e.answer());
                return;
            } finally {
                owed.decrementAndGet();
            }
        }
    }

    private void add(WarmSandbox sandbox) {
        waiting.add(sandbox);
        if (closed.get() && waiting.remove(sandbox)) {
            yard.discard(sandbox.name());
        }
    }

    /** How many sandboxes wait. */
    public int waiting() {
        return waiting.size();
    }

    @Override
    public SandboxSession open(SandboxRequest request) throws SandboxException {
        cleared.join();
        String image = yard.imageId(request.stack().buildImage());
        WarmSandbox taken = waiting.poll();
        while (taken != null) {
            if (taken.image().equals(image) && fit(taken, request.limits())) {
                return session(taken, request);
            }
            tidying.take(taken, true);
            taken = waiting.poll();
        }
        return session(yard.make(image, request.limits()), request);
    }

    private SandboxSession session(WarmSandbox sandbox, SandboxRequest request) throws SandboxException {
        ContainerState state = ContainerState.of(connection.engine(), connection.settings(), sandbox.name())
                .orElseThrow(() -> new SandboxException("open a sandbox", request.buildId(), "it is gone already"));
        return new DockerSandboxSession(connection.engine(), tidying, settings, clock, sandbox, request, state);
    }

    private boolean fit(WarmSandbox sandbox, Limits limits) {
        try {
            boolean runs = ContainerState.of(connection.engine(), connection.settings(), sandbox.name())
                    .map(state -> state.phase() == Phase.RUNNING)
                    .orElse(false);
            if (runs && !sameConfinement(sandbox.limits(), limits)) {
                connection
                        .engine()
                        .call(
                                "limit",
                                sandbox.name(),
                                () -> connection
                                        .engine()
                                        .client()
                                        .updateContainerCmd(sandbox.name())
                                        .withNanoCPUs(limits.cpuMillis() * 1_000_000)
                                        .withMemory(limits.memoryBytes())
                                        .withMemorySwap(limits.memoryBytes())
                                        .withPidsLimit((long) limits.pids())
                                        .exec());
            }
            return runs;
        } catch (RuntimeUnavailableException | DockerException e) {
            LOG.infof("a waiting sandbox is not fit for use name=%s reason=%s", sandbox.name(), Engine.reason(e));
            return false;
        }
    }

    private static boolean sameConfinement(Limits one, Limits other) {
        return one.cpuMillis() == other.cpuMillis()
                && one.memoryBytes() == other.memoryBytes()
                && one.pids() == other.pids();
    }

    private Limits warmLimits() {
        return new Limits(
                settings.warmCpuMillis(),
                settings.warmMemoryBytes(),
                settings.warmPids(),
                ANY_DISK,
                Duration.ofDays(365));
    }

    /** Removes the sandboxes that wait. */
    @PreDestroy
    public void close() {
        closed.set(true);
        tidying.end();
        WarmSandbox sandbox = waiting.poll();
        while (sandbox != null) {
            yard.discard(sandbox.name());
            sandbox = waiting.poll();
        }
    }
}
