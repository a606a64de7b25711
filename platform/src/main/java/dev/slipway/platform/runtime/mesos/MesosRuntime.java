package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.loop.Loops;
import dev.slipway.platform.loop.Pause;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchOutcome;
import dev.slipway.platform.runtime.LaunchRefusedException;
import dev.slipway.platform.runtime.LaunchSpec;
import dev.slipway.platform.runtime.LogSink;
import dev.slipway.platform.runtime.LogStream;
import dev.slipway.platform.runtime.Membership;
import dev.slipway.platform.runtime.NoSuchInstanceException;
import dev.slipway.platform.runtime.Node;
import dev.slipway.platform.runtime.Observed;
import dev.slipway.platform.runtime.OneOff;
import dev.slipway.platform.runtime.PullTickets;
import dev.slipway.platform.runtime.Runtime;
import dev.slipway.platform.runtime.RuntimeEvent;
import dev.slipway.platform.runtime.RuntimeHealth;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.platform.runtime.Usage;
import dev.slipway.platform.runtime.mesos.wire.Asking;
import dev.slipway.platform.site.InstallationId;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Runs instances as tasks of a Mesos cluster; see {@code docs/decisions/0114-mesos-framework.md}. */
public final class MesosRuntime implements Runtime {
    private static final Logger LOG = Logger.getLogger(MesosRuntime.class);
    private static final Duration START = Duration.ofMinutes(10);
    private static final Duration STOP_MARGIN = Duration.ofSeconds(30);
    /** How long before a maintenance window begins its machines are emptied. */
    private static final Duration MAINTENANCE_AHEAD = Duration.ofMinutes(30);

    private static final Duration KILL = Duration.ofMillis(1);

    private final MesosSite site;
    private final ExecutorService work;
    private final InstantSource clock;
    private final Pause pause;
    private final SandboxFiles files;
    private final Loops loops;
    private final MesosScheduler scheduler;
    private final MesosOperator operator;
    private final MesosMembership membership;

    MesosRuntime(
            MesosSite site,
            InstallationId installation,
            PullTickets tickets,
            MesosLedger ledger,
            ExecutorService work,
            InstantSource clock,
            Pause pause,
            Loops loops) {
        this.site = site;
        this.loops = loops;
        this.work = work;
        this.clock = clock;
        this.pause = pause;
        Asking asking = new Asking(site.dialer(), work);
        this.files = new SandboxFiles(asking);
        this.operator = new MesosOperator(site, asking);
        SameCluster cluster = new SameCluster(site, operator);
        this.scheduler = new MesosScheduler(
                site,
                installation,
                new TaskInfos(site, installation, tickets),
                ledger,
                work,
                clock,
                cluster,
                this::lastLines);
        this.membership = new MesosMembership(site, operator, ledger, scheduler, clock);
    }

    /** The subscription begins with the first question: a site that is only looked at leaves nothing in its cluster. */
    private MesosScheduler scheduler() {
        scheduler.start(loops);
        return scheduler;
    }

    @Override
    public LaunchOutcome launch(LaunchSpec spec) {
        return await(
                spec, scheduler().launch(new Demand(spec, false, clock.instant().plus(site.patience()))));
    }

    private LaunchOutcome await(LaunchSpec spec, CompletableFuture<LaunchOutcome> outcome) {
        boolean known = scheduler().standing().connected();
        Duration bound = known ? site.patience().plus(START) : site.patience();
        try {
            return outcome.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            scheduler().abandon(spec.id());
            return new LaunchOutcome.Unavailable("Site " + site.name() + " did not start it within " + bound.toSeconds()
                    + " s: " + scheduler().standing().trouble().orElse("no word from its agent"));
        } catch (ExecutionException e) {
            return new LaunchOutcome.Unavailable(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new LaunchOutcome.Unavailable("interrupted");
        }
    }

    @Override
    public void stop(InstanceId id, Duration grace) {
        end(id, "stop", grace, false);
    }

    @Override
    public void remove(InstanceId id) {
        end(id, "remove", KILL, true);
    }

    void kill(InstanceId id) {
        end(id, "kill", KILL, false);
    }

    private void end(InstanceId id, String attempted, Duration grace, boolean drop) {
        require(attempted, id.text());
        CompletableFuture<Boolean> over = scheduler().stop(id, grace.compareTo(KILL) < 0 ? KILL : grace, drop);
        try {
            over.get(grace.plus(STOP_MARGIN).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new RuntimeUnavailableException(
                    attempted, id.text(), "its agent has not said that it ended; it is told again when it is back", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RuntimeUnavailableException(attempted, id.text(), "interrupted", e);
        }
    }

    private void require(String attempted, String subject) {
        Standing standing = scheduler().standing();
        if (!standing.connected()) {
            String why = standing.trouble().orElse("not subscribed");
            throw new RuntimeUnavailableException(attempted, subject, why, new IOException(why));
        }
    }

    @Override
    public List<Observed> observe() {
        require("observe", "site " + site.name());
        List<Observed> seen = new ArrayList<>();
        for (MesosTask task : scheduler().tasks()) {
            if (!task.oneOff()) {
                state(task).ifPresent(state -> seen.add(new Observed(task.id(), state)));
            }
        }
        return seen;
    }

    private static Optional<Observed.State> state(MesosTask task) {
        return switch (task.phase()) {
            case INTENDED -> Optional.of(new Observed.State.Created());
            case STARTING, RUNNING -> Optional.of(new Observed.State.Running(task.endpoint(), task.since(), false));
            case UNREACHABLE -> Optional.of(new Observed.State.Silent(task.endpoint(), task.since()));
            case ENDED -> {
                MesosTask.Ending ending = task.ending().orElseThrow();
                if (ending.lost()) {
                    yield Optional.empty();
                }
                // Until its last words have been read it is as good as running: who sees the end wants to see why.
                yield ending.lines().isEmpty()
                        ? Optional.of(new Observed.State.Running(task.endpoint(), task.since(), false))
                        : Optional.of(new Observed.State.Exited(
                                ending.code(),
                                ending.outOfMemory(),
                                task.since(),
                                ending.lines().get()));
            }
        };
    }

    @Override
    public Watch watch(Consumer<RuntimeEvent> listener) {
        boolean[] open = {true};
        scheduler().waiters().watch(listener);
        return new Watch() {
            @Override
            public boolean ended() {
                return !open[0];
            }

            @Override
            public void close() {
                open[0] = false;
                scheduler().waiters().unwatch(listener);
            }
        };
    }

    @Override
    public void watchNodes(Runnable changed) {
        watchNotices(notice -> changed.run());
    }

    /** Tells about nodes that are about to go, or do not answer. */
    void watchNotices(Consumer<NodeNotice> listener) {
        scheduler().waiters().watchNodes(listener);
    }

    @Override
    public LogStream logs(InstanceId id, boolean follow, int tail, LogSink sink) {
        MesosTask task = find("read the log of", id);
        SandboxLog log = log(task, sink);
        work.execute(() -> log.run(follow, tail));
        return log;
    }

    private SandboxLog log(MesosTask task, LogSink sink) {
        return new SandboxLog(
                files,
                scheduler().standing().frameworkId(),
                task,
                () -> scheduler().find(task.id()).map(MesosTask::ended).orElse(true),
                sink,
                clock,
                pause);
    }

    private List<String> lastLines(String frameworkId, MesosTask task) {
        List<String> output = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        try {
            collect(frameworkId, task, "stdout", output);
            collect(frameworkId, task, "stderr", errors);
        } catch (IOException e) {
            LOG.debugf("last lines not read instance=%s reason=%s", task.id(), e.getMessage());
        }
        return SandboxLines.last(output, errors);
    }

    private void collect(String frameworkId, MesosTask task, String file, List<String> to) throws IOException {
        long size = files.read(frameworkId, task, file, 0, 0)
                .map(SandboxFiles.Piece::size)
                .orElse(0L);
        long from = Math.max(0, size - 16 * 1024);
        SandboxLines lines = new SandboxLines(file.equals("stderr"));
        files.read(frameworkId, task, file, from, SandboxFiles.MOST)
                .ifPresent(piece -> lines.feed(piece.data(), to::add));
        lines.end(to::add);
    }

    private MesosTask find(String attempted, InstanceId id) {
        require(attempted, id.text());
        return scheduler()
                .find(id)
                .filter(task -> !task.ending().map(MesosTask.Ending::lost).orElse(false))
                .orElseThrow(() -> new NoSuchInstanceException(attempted, id));
    }

    @Override
    public OneOff runOneOff(LaunchSpec spec, boolean tty) {
        require("run", spec.id().text());
        if (tty) {
            throw new LaunchRefusedException(
                    spec.id(), "A Mesos site gives no terminal: run it without one, or on a site of Docker hosts.");
        }
        LaunchOutcome outcome = await(
                spec, scheduler().launch(new Demand(spec, true, clock.instant().plus(site.patience()))));
        switch (outcome) {
            case LaunchOutcome.Refused refused -> throw new LaunchRefusedException(spec.id(), refused.reason());
            case LaunchOutcome.Unavailable unavailable ->
                throw new RuntimeUnavailableException(
                        "run", spec.id().text(), unavailable.reason(), new IOException(unavailable.reason()));
            default -> {}
        }
        CompletableFuture<Integer> code = new CompletableFuture<>();
        MesosOneOff oneOff = new MesosOneOff(this, spec.id(), code);
        MesosTask task = find("run", spec.id());
        SandboxLog log = log(task, oneOff);
        work.execute(() -> {
            log.run(true, -1);
            code.complete(scheduler()
                    .find(spec.id())
                    .flatMap(MesosTask::ending)
                    .map(MesosTask.Ending::code)
                    .orElse(137));
        });
        return oneOff;
    }

    @Override
    public Usage usage(InstanceId id) {
        MesosTask task = find("measure", id);
        try {
            if (!task.ended()) {
                Optional<Usage> usage = files.usage(scheduler().standing().frameworkId(), task);
                if (usage.isPresent()) {
                    return usage.get();
                }
            }
        } catch (IOException e) {
            throw new RuntimeUnavailableException("measure", id.text(), String.valueOf(e.getMessage()), e);
        }
        throw new NoSuchInstanceException("measure", id);
    }

    /** The agents, by their host names; where two share one, the later ones by their ids. The master places by itself. */
    @Override
    public List<Node> nodes() {
        try {
            Set<String> names = new HashSet<>();
            Set<String> going = operator.machinesGoing(clock.instant(), MAINTENANCE_AHEAD);
            return operator.nodes().stream()
                    .map(agent -> new Node(
                            names.add(agent.host()) ? agent.host() : agent.id(),
                            agent.cpuMillis(),
                            agent.memoryBytes(),
                            false,
                            agent.attributes(),
                            agent.active() && !agent.draining() && !going.contains(agent.host())))
                    .toList();
        } catch (IOException e) {
            throw new RuntimeUnavailableException(
                    "list the agents of", "site " + site.name(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Mesos does not look inside its containers. */
    @Override
    public boolean seesPorts() {
        return false;
    }

    @Override
    public List<Integer> openPorts(InstanceId id) {
        return List.of();
    }

    @Override
    public RuntimeHealth health() {
        Standing standing = scheduler().standing();
        return standing.connected()
                ? new RuntimeHealth(true, "Apache Mesos " + standing.version() + " at " + standing.master(), List.of())
                : new RuntimeHealth(false, standing.trouble().orElse("not subscribed"), List.of());
    }

    /** Questions to the cluster. */
    MesosOperator operator() {
        return operator;
    }

    @Override
    public Optional<Membership> membership() {
        return Optional.of(membership);
    }

    @Override
    public void close() {
        scheduler.close();
    }
}
