package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchOutcome;
import dev.slipway.platform.runtime.RuntimeEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.scheduler.Protos.Event;

/**
 * Decides what to say and to store upon everything that is heard or wanted. It keeps what it knows in memory, touches
 * nothing outside, and returns what is to be done: equal input in equal order gives equal effects. When storing fails,
 * the whole is thrown away and made anew from the database.
 */
final class SchedulerCore {
    /** How long offers are kept for what may come, when nobody else waits. */
    static final Duration HOLD = Duration.ofSeconds(2);

    private static final Duration REFUSE_UNFIT = Duration.ofSeconds(5);
    private static final Duration REFUSE_IDLE = Duration.ofMinutes(10);

    private final MesosSite site;
    private final String frameworkId;
    private final TaskInfos infos;
    private final Map<InstanceId, MesosTask> tasks = new HashMap<>();
    private final Waitlist waiting = new Waitlist();
    private final Map<InstanceId, Demand> launched = new HashMap<>();
    private final Map<InstanceId, Duration> graces = new HashMap<>();
    private final OfferBook book = new OfferBook();
    private final AppSpread spread = new AppSpread();
    private final Reconciler reconciler = new Reconciler();
    private final Set<String> roles = new TreeSet<>();
    private final Map<String, Instant> demanded = new HashMap<>();
    private final Revivals revivals = new Revivals();
    private final Map<String, List<OfferBook.Held>> seen = new HashMap<>();
    private boolean connected;
    /** Something was given back that others may be waiting for. */
    private boolean freed;

    SchedulerCore(MesosSite site, String frameworkId, TaskInfos infos, Collection<MesosTask> stored) {
        this.site = site;
        this.frameworkId = frameworkId;
        this.infos = infos;
        for (MesosTask task : stored) {
            tasks.put(task.id(), task);
            if (!task.ended()) {
                spread.add(task);
                if (!task.role().isEmpty()) {
                    roles.add(task.role());
                }
            }
        }
    }

    org.apache.mesos.v1.scheduler.Protos.Call.Builder subscription() {
        roles.addAll(waiting.roles());
        return Calls.subscribe(Calls.framework(site, frameworkId, roles), idle());
    }

    private Set<String> idle() {
        Set<String> idle = new TreeSet<>(roles);
        idle.removeAll(waiting.roles());
        return idle;
    }

    int waiting() {
        return waiting.size();
    }

    Optional<MesosTask> find(InstanceId id) {
        return Optional.ofNullable(tasks.get(id));
    }

    /** Everything somebody may see. */
    List<MesosTask> visible() {
        return tasks.values().stream().filter(task -> !task.dropped()).toList();
    }

    /** The subscription is there: nothing that is known is certain until it was asked for. */
    List<Effect> subscribed(Instant now) {
        connected = true;
        book.clear();
        demanded.clear();
        revivals.clear();
        List<Effect> effects = new ArrayList<>();
        boolean unheard = false;
        for (String role : waiting.roles()) {
            unheard |= roles.add(role);
            demanded.put(role, now);
        }
        if (unheard) {
            // They began to wait after the subscription was written.
            effects.add(new Effect.Say(Calls.updateFramework(Calls.framework(site, frameworkId, roles), idle())));
        }
        List<MesosTask> open =
                tasks.values().stream().filter(task -> !task.ended()).toList();
        reconciler.start(open, now);
        open.stream().filter(MesosTask::killWanted).forEach(task -> effects.add(kill(task)));
        tasks.values().stream()
                .filter(task ->
                        task.ending().map(ending -> ending.lines().isEmpty()).orElse(false))
                .forEach(task -> effects.add(new Effect.ReadTail(task)));
        return effects;
    }

    void disconnected() {
        connected = false;
        book.clear();
    }

    /** A launch. */
    List<Effect> want(Demand demand, Instant now) {
        MesosTask known = tasks.get(demand.id());
        if (known != null) {
            return NodeSteps.again(known);
        }
        if (!waiting.add(demand) || !connected) {
            return List.of();
        }
        List<Effect> effects = new ArrayList<>();
        String role = demand.role();
        demanded.put(role, now);
        if (roles.add(role)) {
            effects.add(new Effect.Say(Calls.updateFramework(Calls.framework(site, frameworkId, roles), idle())));
        }
        return effects;
    }

    /** After a batch of launches was taken: match them with what is held, and ask for offers for the rest. */
    List<Effect> settle(Instant now) {
        if (!connected || waiting.isEmpty()) {
            return List.of();
        }
        List<Effect> effects = new ArrayList<>();
        for (String role : waiting.roles()) {
            match(role, now, effects);
        }
        Set<String> wanting = waiting.roles();
        giveBack(wanting, effects);
        Set<String> due = revivals.due(wanting, now);
        if (!due.isEmpty()) {
            effects.add(new Effect.Say(Calls.revive(due)));
        }
        return effects;
    }

    /** Offers of roles nobody waits for, while somebody waits for another, go back at once. */
    private void giveBack(Set<String> wanting, List<Effect> effects) {
        if (wanting.isEmpty()) {
            return;
        }
        for (String role : book.roles()) {
            if (!wanting.contains(role)) {
                decline(book.of(role), REFUSE_IDLE, effects);
                effects.add(new Effect.Say(Calls.suppress(List.of(role))));
                revivals.forget(role);
                freed = true;
            }
        }
    }

    private void decline(List<OfferBook.Held> held, Duration refuse, List<Effect> effects) {
        List<OfferID> ids = new ArrayList<>();
        held.forEach(each -> {
            ids.addAll(each.ids());
            book.take(each);
        });
        if (!ids.isEmpty()) {
            effects.add(new Effect.Say(Calls.decline(ids, refuse)));
        }
    }

    private void match(String role, Instant now, List<Effect> effects) {
        List<Demand> demands = waiting.of(role);
        List<OfferBook.Held> held = book.of(role);
        if (demands.isEmpty() || held.isEmpty()) {
            return;
        }
        Matching.Result result = Matching.match(demands, held, spread);
        for (Matching.Batch batch : result.batches()) {
            OfferBook.Held offer = batch.held();
            book.take(offer);
            freed = true;
            List<TaskInfo> made = new ArrayList<>();
            for (Matching.Placed placed : batch.placed()) {
                Demand demand = placed.demand();
                MesosTask task = new MesosTask(
                        demand.id(),
                        role,
                        demand.app(),
                        demand.oneOff(),
                        offer.agentId(),
                        offer.address(),
                        offer.agentPort(),
                        placed.port(),
                        MesosTask.Phase.INTENDED,
                        Optional.empty(),
                        false,
                        false,
                        "",
                        now);
                waiting.remove(demand.id());
                launched.put(demand.id(), demand);
                tasks.put(task.id(), task);
                spread.add(task);
                effects.add(new Effect.Store(task));
                made.add(infos.of(demand, offer.agentId(), placed.port()));
            }
            effects.add(new Effect.Say(
                    Calls.launch(offer.ids(), made, result.unplaced().isEmpty() ? REFUSE_UNFIT : Duration.ZERO)));
        }
        if (!result.batches().isEmpty()) {
            revivals.helped(role);
        }
        if (result.unplaced().isEmpty()) {
            revivals.forget(role);
        } else {
            // Nothing of it fits those who wait: the agents may have more to give when something ends.
            seen.put(role, held);
            decline(book.of(role), REFUSE_UNFIT, effects);
        }
    }

    /** Nobody waits for this launch any more. */
    List<Effect> abandon(InstanceId id) {
        waiting.remove(id);
        return List.of();
    }

    /** Ends a task. */
    List<Effect> stop(InstanceId id, Duration grace, boolean drop, Instant now) {
        List<Effect> effects = new ArrayList<>();
        if (waiting.remove(id) != null) {
            effects.add(new Effect.Answer(id, new LaunchOutcome.Refused("It was stopped before it was launched.")));
            effects.add(new Effect.Over(id));
            return effects;
        }
        MesosTask task = tasks.get(id);
        if (task == null || task.ended()) {
            if (task != null && drop) {
                forget(task, effects);
                if (!task.oneOff()) {
                    effects.add(new Effect.Tell(new RuntimeEvent.Vanished(id, now)));
                }
            }
            effects.add(new Effect.Over(id));
            return effects;
        }
        MesosTask marked = task.killed(drop);
        tasks.put(id, marked);
        graces.put(id, grace);
        effects.add(new Effect.Store(marked));
        if (connected) {
            effects.add(kill(marked));
        }
        return effects;
    }

    Effect kill(MesosTask task) {
        return new Effect.Say(Calls.kill(task, graces.getOrDefault(task.id(), Duration.ZERO)));
    }

    void forget(MesosTask task, List<Effect> effects) {
        tasks.remove(task.id());
        launched.remove(task.id());
        graces.remove(task.id());
        reconciler.settled(task.id());
        if (!task.ended()) {
            spread.remove(task);
        }
        effects.add(new Effect.Delete(task.id()));
    }

    /** The end of a task's output was read, or could not be. */
    List<Effect> tail(InstanceId id, List<String> lines, Instant now) {
        MesosTask task = tasks.get(id);
        if (task == null || task.ending().isEmpty()) {
            return List.of();
        }
        MesosTask told = task.with(task.ending().get().with(lines));
        tasks.put(id, told);
        MesosTask.Ending ending = told.ending().orElseThrow();
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Store(told));
        if (!task.oneOff()) {
            effects.add(new Effect.Tell(new RuntimeEvent.Exited(id, ending.code(), ending.outOfMemory(), lines, now)));
        }
        effects.add(new Effect.Over(id));
        return effects;
    }

    /** Something the master said. */
    List<Effect> heard(Event event, Instant now) {
        List<Effect> effects = new ArrayList<>();
        switch (event.getType()) {
            case OFFERS -> offers(event.getOffers().getOffersList(), now, effects);
            case RESCIND -> {
                List<OfferID> rest =
                        book.rescind(event.getRescind().getOfferId().getValue());
                if (!rest.isEmpty()) {
                    effects.add(new Effect.Say(Calls.decline(rest, Duration.ZERO)));
                }
            }
            case UPDATE -> new UpdateStep(this, event.getUpdate().getStatus(), now, effects).take();
            case INVERSE_OFFERS ->
                NodeSteps.inverse(spread, event.getInverseOffers().getInverseOffersList(), effects);
            case FAILURE -> {
                if (!event.getFailure().hasExecutorId()) {
                    NodeSteps.silent(spread, event.getFailure().getAgentId().getValue(), effects);
                }
            }
            case ERROR -> effects.add(NodeSteps.error(event.getError().getMessage()));
            default -> {}
        }
        return effects;
    }

    private void offers(List<Offer> offers, Instant now, List<Effect> effects) {
        revivals.answered();
        Set<String> offered = new HashSet<>();
        for (Offer offer : offers) {
            book.add(offer, now);
            offered.add(offer.getAllocationInfo().getRole());
        }
        for (String role : offered) {
            match(role, now, effects);
            if (lingered(role, now)) {
                idle(role, now, effects);
            }
        }
    }

    private boolean lingered(String role, Instant now) {
        Instant last = demanded.get(role);
        return last == null || last.plus(HOLD).isBefore(now);
    }

    private void idle(String role, Instant now, List<Effect> effects) {
        boolean wanted = waiting.wants(role);
        decline(book.of(role), wanted ? REFUSE_UNFIT : REFUSE_IDLE, effects);
        if (!wanted) {
            effects.add(new Effect.Say(Calls.suppress(List.of(role))));
            demanded.remove(role);
            revivals.forget(role);
            seen.remove(role);
        }
    }

    /** Time has passed. */
    List<Effect> tick(Instant now) {
        List<Effect> effects = new ArrayList<>();
        for (Demand demand : waiting.overdue(now)) {
            waiting.remove(demand.id());
            String why = connected
                    ? Matching.why(demand, seen.getOrDefault(demand.role(), List.of()))
                    : "site " + site.name() + " is not connected to its Mesos master";
            effects.add(new Effect.Answer(demand.id(), new LaunchOutcome.Unavailable(why)));
        }
        if (!connected) {
            return effects;
        }
        for (String role : List.copyOf(demanded.keySet())) {
            if (!waiting.wants(role) && lingered(role, now)) {
                idle(role, now, effects);
            }
        }
        effects.addAll(settle(now));
        reconciler.next(tasks, now).ifPresent(call -> effects.add(new Effect.Say(call)));
        return effects;
    }

    /** What an update may change. */
    MesosTask put(MesosTask task) {
        MesosTask before = tasks.put(task.id(), task);
        if (before != null && !before.ended()) {
            spread.remove(before);
        }
        if (!task.ended()) {
            spread.add(task);
        }
        return task;
    }

    void settled(InstanceId id) {
        reconciler.settled(id);
    }

    void doubt(MesosTask task, Instant now) {
        reconciler.doubt(task.id(), now);
    }

    void begun(InstanceId id) {
        launched.remove(id);
    }

    /** The launch did not happen because its offer was gone: it waits again, if it is still known. */
    boolean waitAgain(MesosTask task, List<Effect> effects) {
        Demand demand = launched.get(task.id());
        forget(task, effects);
        if (demand != null && !task.killWanted()) {
            waiting.add(demand);
            return true;
        }
        return false;
    }
}
