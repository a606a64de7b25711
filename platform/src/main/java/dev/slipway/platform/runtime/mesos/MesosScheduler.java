package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.loop.Loop;
import dev.slipway.platform.loop.Loops;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchOutcome;
import dev.slipway.platform.runtime.mesos.wire.MasterLocator;
import dev.slipway.platform.runtime.mesos.wire.MasterSession;
import dev.slipway.platform.runtime.mesos.wire.StreamEnd;
import dev.slipway.platform.site.InstallationId;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Does what {@link SchedulerCore} decides. Whatever comes, from the master or from callers, goes through one queue; what
 * is in it is decided as one batch, stored in one transaction, and only then said, acknowledged and told.
 */
final class MesosScheduler implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(MesosScheduler.class);
    private static final int QUEUED = 20_000;
    private static final int BATCH = 5_000;
    private static final Duration BETWEEN_SESSIONS = Duration.ofMillis(250);
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration FIRST_WORD = Duration.ofSeconds(20);

    private final MesosSite site;
    private final TaskInfos infos;
    private final InstallationId installation;
    private final MesosLedger ledger;
    private final MasterLocator locator;
    private final ExecutorService work;
    private final InstantSource clock;
    private final TaskTails tails;
    private final SameCluster cluster;

    private final ReentrantLock lock = new ReentrantLock();
    private final BlockingQueue<SchedulerInput> queue = new LinkedBlockingQueue<>(QUEUED);
    private final AtomicBoolean draining = new AtomicBoolean();
    private final Waiters waiters = new Waiters();
    private final List<Loop> loops = new ArrayList<>();

    private @Nullable SchedulerCore core;
    private @Nullable MasterSession session;
    private long sessionNumber;
    private boolean held;
    private String frameworkId = "";
    private volatile Standing standing = new Standing(false, "", "", "", Optional.of("not subscribed yet"));

    MesosScheduler(
            MesosSite site,
            InstallationId installation,
            TaskInfos infos,
            MesosLedger ledger,
            ExecutorService work,
            InstantSource clock,
            SameCluster cluster,
            TaskTails tails) {
        this.site = site;
        this.installation = installation;
        this.infos = infos;
        this.ledger = ledger;
        this.locator = site.locator();
        this.work = work;
        this.clock = clock;
        this.cluster = cluster;
        this.tails = tails;
    }

    synchronized void start(Loops starter) {
        if (!loops.isEmpty()) {
            return;
        }
        loops.add(starter.start("mesos-" + site.name(), BETWEEN_SESSIONS, this::subscribe));
        loops.add(starter.start("mesos-" + site.name() + "-time", TICK, () -> offer(new SchedulerInput.Tick())));
    }

    /** Made by us and written down before the master hears it: a master takes any id it has not seen. */
    String newFrameworkId(int generation) {
        return "slipway-" + installation.value().toString().substring(0, 8) + "-" + site.name() + "-" + generation;
    }

    Standing standing() {
        return standing;
    }

    CompletableFuture<LaunchOutcome> launch(Demand demand) {
        return waiters.launch(demand, () -> offer(new SchedulerInput.Wanted(demand)));
    }

    /** Nobody waits for this launch any more. */
    void abandon(InstanceId id) {
        waiters.forget(id);
        offer(new SchedulerInput.Abandoned(id));
    }

    /** Ends a task; true once it has ended. */
    CompletableFuture<Boolean> stop(InstanceId id, Duration grace, boolean drop) {
        CompletableFuture<Boolean> over = waiters.end(id);
        offer(new SchedulerInput.Stopped(id, grace, drop));
        return over;
    }

    List<MesosTask> tasks() {
        lock.lock();
        try {
            return core == null ? List.of() : core.visible();
        } finally {
            lock.unlock();
        }
    }

    Optional<MesosTask> find(InstanceId id) {
        lock.lock();
        try {
            return core == null ? Optional.empty() : core.find(id).filter(task -> !task.dropped());
        } finally {
            lock.unlock();
        }
    }

    /** Who waits and watches. */
    Waiters waiters() {
        return waiters;
    }

    /** One subscription from its beginning to its end. */
    private void subscribe() throws IOException {
        if (!ledger.leads()) {
            standing = new Standing(false, "", "", "", Optional.of("another process of Slipway leads"));
            return;
        }
        Optional<MesosLedger.Framework> mine = framework();
        if (mine.isEmpty()) {
            standing = new Standing(false, "", "", "", Optional.of("the site is being taken away"));
            return;
        }
        MesosLedger.Framework framework = mine.get();
        if (framework.removed()) {
            String trouble = "The cluster says of framework " + framework.id() + ": " + framework.reason()
                    + ". Nothing is launched here until you adopt a framework of this cluster or retire this one";
            standing = Standing.off(framework.id(), trouble);
            throw new IOException(trouble);
        }
        Call call = prepare(framework);
        Optional<String> stranger = cluster.objection(framework.id(), tasks());
        if (stranger.isPresent()) {
            standing = new Standing(false, framework.id(), "", "", stranger);
            throw new IOException(stranger.get());
        }
        MasterSession opened;
        try {
            opened = MasterSession.open(site.dialer(), locator, call.toByteArray(), work);
        } catch (IOException e) {
            standing = Standing.off(framework.id(), String.valueOf(e.getMessage()));
            throw e;
        }
        long number = begin(opened);
        boolean[] subscribed = {false};
        StreamEnd end;
        try (opened) {
            opened.patience(FIRST_WORD);
            end = opened.read(record -> hear(number, record, opened, subscribed));
        } finally {
            finish();
        }
        if (!standing.connected() && standing.trouble().isEmpty()) {
            standing = new Standing(false, framework.id(), "", "", Optional.of("the subscription ended: " + end));
        }
        if (!subscribed[0]) {
            throw new IOException("Tried to subscribe at the Mesos master " + opened.leader() + ": " + end);
        }
        LOG.infof("subscription ended site=%s master=%s end=%s", site.name(), opened.leader(), end);
    }

    private Optional<MesosLedger.Framework> framework() {
        lock.lock();
        try {
            return held ? Optional.empty() : Optional.of(ledger.framework(this::newFrameworkId));
        } finally {
            lock.unlock();
        }
    }

    private Call prepare(MesosLedger.Framework framework) {
        lock.lock();
        try {
            SchedulerCore current = core;
            if (current == null || !frameworkId.equals(framework.id())) {
                current = new SchedulerCore(site, framework.id(), infos, ledger.tasks());
                core = current;
                frameworkId = framework.id();
                waiters.demands().forEach(demand -> offer(new SchedulerInput.Wanted(demand)));
            }
            return addressed(current.subscription());
        } finally {
            lock.unlock();
        }
    }

    private Call addressed(Call.Builder call) {
        return call.setFrameworkId(FrameworkID.newBuilder().setValue(frameworkId))
                .build();
    }

    private long begin(MasterSession opened) {
        lock.lock();
        try {
            session = opened;
            return ++sessionNumber;
        } finally {
            lock.unlock();
        }
    }

    private void finish() {
        lock.lock();
        try {
            session = null;
            sessionNumber++;
            if (core != null) {
                core.disconnected();
            }
            Standing last = standing;
            standing = new Standing(false, last.frameworkId(), "", "", last.trouble());
        } finally {
            lock.unlock();
        }
    }

    private void hear(long number, byte[] record, MasterSession from, boolean[] subscribed) {
        try {
            Event event = Event.parseFrom(record);
            if (event.getType() == Event.Type.SUBSCRIBED) {
                subscribed[0] = true;
                double beat = event.getSubscribed().getHeartbeatIntervalSeconds();
                from.patience(Duration.ofMillis((long) (beat * 2_500) + 1_000));
                LOG.infof(
                        "subscribed site=%s framework=%s master=%s",
                        site.name(), event.getSubscribed().getFrameworkId().getValue(), from.leader());
            }
            if (event.getType() != Event.Type.HEARTBEAT) {
                offer(new SchedulerInput.Heard(number, event));
            }
        } catch (IOException e) {
            LOG.warnf("unreadable event site=%s reason=%s", site.name(), e.getMessage());
            from.close();
        }
    }

    private void offer(SchedulerInput input) {
        try {
            queue.put(input);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (draining.compareAndSet(false, true)) {
            work.execute(this::drain);
        }
    }

    private void drain() {
        do {
            List<SchedulerInput> batch = new ArrayList<>();
            queue.drainTo(batch, BATCH);
            if (!batch.isEmpty()) {
                take(batch);
            }
            draining.set(false);
        } while (!queue.isEmpty() && draining.compareAndSet(false, true));
    }

    private void take(List<SchedulerInput> batch) {
        lock.lock();
        try {
            SchedulerCore current = core;
            if (current == null) {
                return; // launches are put in again when there is one
            }
            List<Effect> effects = new ArrayList<>();
            for (SchedulerInput input : batch) {
                effects.addAll(decide(current, input));
            }
            effects.addAll(current.settle(clock.instant()));
            perform(effects);
        } catch (RuntimeException e) {
            LOG.errorf(e, "what was decided could not be stored, all is read anew site=%s", site.name());
            core = null;
            closeSession();
        } finally {
            lock.unlock();
        }
    }

    private List<Effect> decide(SchedulerCore current, SchedulerInput input) {
        return switch (input) {
            case SchedulerInput.Wanted wanted -> current.want(wanted.demand(), clock.instant());
            case SchedulerInput.Stopped stopped ->
                current.stop(stopped.id(), stopped.grace(), stopped.drop(), clock.instant());
            case SchedulerInput.Abandoned abandoned -> current.abandon(abandoned.id());
            case SchedulerInput.Tail tail -> current.tail(tail.id(), tail.lines(), clock.instant());
            case SchedulerInput.Tick tick -> current.tick(clock.instant());
            case SchedulerInput.Heard heard -> {
                if (heard.session() != sessionNumber) {
                    yield List.of();
                }
                if (heard.event().getType() == Event.Type.SUBSCRIBED) {
                    yield subscribed(current, heard.event().getSubscribed());
                }
                yield current.heard(heard.event(), clock.instant());
            }
        };
    }

    private List<Effect> subscribed(SchedulerCore current, Event.Subscribed event) {
        MasterSession now = session;
        standing = new Standing(
                true,
                frameworkId,
                now == null ? "" : now.leader().toString(),
                event.getMasterInfo().getVersion(),
                Optional.empty());
        return current.subscribed(clock.instant());
    }

    private void perform(List<Effect> effects) {
        Map<InstanceId, MesosTask> stored = new LinkedHashMap<>();
        List<InstanceId> deleted = new ArrayList<>();
        List<Call> calls = new ArrayList<>();
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Store store -> stored.put(store.task().id(), store.task());
                case Effect.Delete delete -> {
                    stored.remove(delete.id());
                    deleted.add(delete.id());
                }
                case Effect.Say say -> calls.add(addressed(say.call()));
                case Effect.Removed removed -> ledger.removed(frameworkId, removed.reason());
                default -> {}
            }
        }
        deleted.removeAll(stored.keySet());
        if (!stored.isEmpty() || !deleted.isEmpty()) {
            ledger.write(List.copyOf(stored.values()), deleted);
        }
        MasterSession open = session;
        if (!calls.isEmpty() && open != null) {
            new Telling(site.name(), open).tell(calls);
        }
        effects.forEach(this::tell);
    }

    private void tell(Effect effect) {
        switch (effect) {
            case Effect.ReadTail tail -> {
                String framework = frameworkId;
                work.execute(
                        () -> offer(new SchedulerInput.Tail(tail.task().id(), tails.read(framework, tail.task()))));
            }
            case Effect.Renew renew -> {
                LOG.infof("the master ends the subscription site=%s reason=%s", site.name(), renew.reason());
                standing = Standing.off(frameworkId, "The Mesos master ended the subscription: " + renew.reason());
                closeSession();
            }
            case Effect.Removed removed -> closeSession();
            default -> waiters.tell(effect);
        }
    }

    private void closeSession() {
        MasterSession open = session;
        if (open != null) {
            open.close();
        }
    }

    /** Gives up the present framework id for a new one, with all its tasks. */
    void replace() {
        ledger.replace(this::newFrameworkId);
        renew();
    }

    /** Subscribes no more from now on, and makes no framework; or does again. */
    void hold(boolean on) {
        lock.lock();
        try {
            held = on;
        } finally {
            lock.unlock();
        }
    }

    /** Reads everything anew, and subscribes as what is read. */
    void renew() {
        lock.lock();
        try {
            core = null;
            closeSession();
        } finally {
            lock.unlock();
        }
        loops.forEach(Loop::wake);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closeSession();
        } finally {
            lock.unlock();
        }
        loops.reversed().forEach(loop -> loop.stop(Duration.ofSeconds(5)));
        locator.close();
    }
}
