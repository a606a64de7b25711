package dev.slipway.platform.reconcile;

import dev.slipway.platform.health.Probe;
import dev.slipway.platform.instance.Instance;
import dev.slipway.platform.instance.InstanceState;
import dev.slipway.platform.instance.Instances;
import dev.slipway.platform.loop.Deadline;
import dev.slipway.platform.loop.Pause;
import dev.slipway.platform.release.Check;
import dev.slipway.platform.runtime.Endpoint;
import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchOutcome;
import dev.slipway.platform.runtime.LaunchSpec;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.platform.site.Fence;
import dev.slipway.registry.oci.Digest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Takes one intended instance to health, and one that is to end to its end. Both may be repeated at any point. */
@ApplicationScoped
public class InstanceLauncher {
    private static final Duration FIRST_LOOK = Duration.ofMillis(10);
    private static final Duration LONGEST_LOOK = Duration.ofMillis(250);
    private static final Duration RUNTIME_PATIENCE = Duration.ofMinutes(2);
    private static final Duration RUNTIME_RETRY = Duration.ofSeconds(1);

    private final Instances instances;
    private final LaunchSpecs specs;
    private final Runtimes runtimes;
    private final ImageAccess images;
    private final Probe probe;
    private final Fence fence;
    private final Clock clock;
    private final Pause pause;
    private final Set<InstanceId> inHand = ConcurrentHashMap.newKeySet();

    InstanceLauncher(
            Instances instances,
            LaunchSpecs specs,
            Runtimes runtimes,
            ImageAccess images,
            Probe probe,
            Fence fence,
            Clock clock,
            Pause pause) {
        this.instances = instances;
        this.specs = specs;
        this.runtimes = runtimes;
        this.images = images;
        this.probe = probe;
        this.fence = fence;
        this.clock = clock;
        this.pause = pause;
    }

    /** How bringing an instance up ended. */
    public sealed interface Outcome {
        /** It is healthy. */
        record Up(Instance instance) implements Outcome {}

        /** @param reason why it is not, as a sentence for a person */
        record Down(String reason) implements Outcome {}

        /** Another thread has it in hand. */
        record InOtherHands() implements Outcome {}
    }

    /**
     * Launches the instance if that has not been done, and waits until it is healthy.
     *
     * @param abandoned says when the wish is withdrawn; the instance is then left as it is
     */
    public Outcome bringUp(InstanceId id, BooleanSupplier abandoned) throws InterruptedException {
        if (!inHand.add(id)) {
            return new Outcome.InOtherHands();
        }
        try {
            return launchAndWait(id, abandoned);
        } finally {
            inHand.remove(id);
        }
    }

    /** Whether a thread of this process is bringing the instance up. */
    public boolean inHand(InstanceId id) {
        return inHand.contains(id);
    }

    private Outcome launchAndWait(InstanceId id, BooleanSupplier abandoned) throws InterruptedException {
        Optional<Instance> found = move(id, state -> switch (state) {
            case InstanceState.Intended intended -> Optional.of(intended.launch());
            case InstanceState.Launching launching -> Optional.of(launching);
            case InstanceState.Starting starting -> Optional.of(starting);
            case InstanceState.Healthy healthy -> Optional.of(healthy);
            default -> Optional.empty();
        });
        if (found.isEmpty()) {
            return new Outcome.Down(whyEnded(id));
        }
        Instance instance = found.get();
        if (instance.state() instanceof InstanceState.Healthy) {
            return new Outcome.Up(instance);
        }
        LaunchSpecs.Prepared prepared = specs.prepare(instance);
        if (instance.state() instanceof InstanceState.Launching) {
            Optional<Outcome> missing = awaitImage(instance, prepared.spec(), abandoned);
            if (missing.isPresent()) {
                return missing.get();
            }
            Optional<Outcome> failed = launch(instance, prepared.spec(), abandoned);
            if (failed.isPresent()) {
                return failed.get();
            }
        }
        return waitForHealth(id, prepared.checks().start(), abandoned);
    }

    /** Waits until the image is where the site pulls from, as long as it comes nearer. */
    private Optional<Outcome> awaitImage(Instance instance, LaunchSpec spec, BooleanSupplier abandoned)
            throws InterruptedException {
        Digest image = Digest.parse(spec.image().reference().toString());
        long nearest = -1;
        Instant giveUp = clock.instant().plus(RUNTIME_PATIENCE);
        while (true) {
            ImageAccess.Presence presence =
                    images.want(instance.site(), spec.image().repository(), image);
            if (presence.missing().isEmpty()) {
                return Optional.empty();
            }
            String reason = presence.missing().get();
            if (abandoned.getAsBoolean()) {
                return Optional.of(new Outcome.Down(reason));
            }
            if (presence.bytesThere() > nearest) {
                nearest = presence.bytesThere();
                giveUp = clock.instant().plus(RUNTIME_PATIENCE);
            } else if (clock.instant().isAfter(giveUp)) {
                fail(instance.id(), reason);
                return Optional.of(new Outcome.Down(reason));
            }
            pause.pause(RUNTIME_RETRY);
        }
    }

    private Optional<Outcome> launch(Instance instance, LaunchSpec spec, BooleanSupplier abandoned)
            throws InterruptedException {
        Instant giveUp = clock.instant().plus(RUNTIME_PATIENCE);
        while (true) {
            switch (runtimes.of(instance.site()).launch(spec)) {
                case LaunchOutcome.Launched launched -> {
                    started(instance.id(), launched.endpoint());
                    return Optional.empty();
                }
                case LaunchOutcome.AlreadyThere there -> {
                    started(instance.id(), there.endpoint());
                    return Optional.empty();
                }
                case LaunchOutcome.Refused refused -> {
                    fail(instance.id(), refused.reason());
                    return Optional.of(new Outcome.Down(refused.reason()));
                }
                case LaunchOutcome.Unavailable unavailable -> {
                    if (abandoned.getAsBoolean()) {
                        return Optional.of(new Outcome.Down(unavailable.reason()));
                    }
                    if (clock.instant().isAfter(giveUp) && answers(instance.site())) {
                        // The site is there and the node is not, or has no room after all: elsewhere it may have.
                        fail(instance.id(), unavailable.reason());
                        return Optional.of(new Outcome.Down(unavailable.reason()));
                    }
                    pause.pause(RUNTIME_RETRY);
                }
            }
        }
    }

    private boolean answers(String site) {
        return runtimes.find(site).map(at -> at.site().state().answers()).orElse(false);
    }

    private Outcome waitForHealth(InstanceId id, Check check, BooleanSupplier abandoned) throws InterruptedException {
        Deadline deadline = Deadline.in(check.startWithin(), clock);
        Duration look = FIRST_LOOK;
        while (true) {
            Instance instance = instances.find(id).orElseThrow();
            if (instance.state().ended() || instance.state() instanceof InstanceState.Stopping) {
                return new Outcome.Down(whyEnded(id));
            }
            Probe.Answer answer = probe(instance, check);
            if (answer instanceof Probe.Answer.Passed) {
                Optional<Instance> healthy = move(id, state -> switch (state) {
                    case InstanceState.Starting starting -> Optional.of(starting.healthy());
                    case InstanceState.Healthy already -> Optional.of(already);
                    default -> Optional.empty();
                });
                return healthy.<Outcome>map(Outcome.Up::new).orElseGet(() -> new Outcome.Down(whyEnded(id)));
            }
            String reason = reason(answer);
            if (deadline.passed(clock)) {
                String sentence = tooLate(instance, check, reason);
                stop(id, sentence, Duration.ofSeconds(5));
                return new Outcome.Down(sentence);
            }
            if (abandoned.getAsBoolean()) {
                return new Outcome.Down(reason);
            }
            pause.pause(look);
            look = look.multipliedBy(3).dividedBy(2);
            look = look.compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : look;
        }
    }

    private Probe.Answer probe(Instance instance, Check check) {
        if (check instanceof Check.Running running) {
            Instant settled = instance.stateSince().plus(running.settle());
            return clock.instant().isBefore(settled)
                    ? new Probe.Answer.NotPassed(
                            "it has not stayed up for " + running.settle().toSeconds() + " s yet")
                    : new Probe.Answer.Passed();
        }
        return probe.ask(check, instance);
    }

    private static String reason(Probe.Answer answer) {
        return switch (answer) {
            case Probe.Answer.Passed passed -> "";
            case Probe.Answer.NotPassed notPassed -> notPassed.reason();
            case Probe.Answer.NotAsked notAsked -> notAsked.reason();
        };
    }

    private String tooLate(Instance instance, Check check, String reason) {
        String sentence = "was not healthy within " + check.startWithin().toSeconds() + " s: " + reason;
        if (check instanceof Check.Running
                || check instanceof Check.Command
                || !runtimes.of(instance.site()).seesPorts()) {
            return sentence;
        }
        List<Integer> open = runtimes.of(instance.site()).openPorts(instance.id());
        return sentence + ". " + PortHint.of(check, LaunchSpecs.PORT, open);
    }

    private void started(InstanceId id, Endpoint endpoint) {
        QuarkusTransaction.requiringNew().run(() -> {
            fence.hold();
            if (endpoint.port() != 0) {
                instances.endpoint(id, endpoint.host(), endpoint.port());
            }
            instances.move(
                    id,
                    state -> state instanceof InstanceState.Launching launching
                            ? Optional.of(launching.started())
                            : Optional.empty());
        });
    }

    private void fail(InstanceId id, String reason) {
        move(id, state -> state instanceof InstanceState.Live live ? Optional.of(live.fail(reason)) : Optional.empty());
    }

    private Optional<Instance> move(
            InstanceId id, java.util.function.Function<InstanceState, Optional<InstanceState>> transition) {
        return QuarkusTransaction.requiringNew().call(() -> {
            fence.hold();
            return instances.move(id, transition);
        });
    }

    private String whyEnded(InstanceId id) {
        return instances
                .find(id)
                .map(instance -> instance.state().reason())
                .filter(reason -> !reason.isEmpty())
                .orElse("it has ended");
    }

    /** Writes down that an instance is to end; empty when it has ended already. */
    Optional<Instance> announceStop(InstanceId id, String reason) {
        return move(id, state -> switch (state) {
            case InstanceState.Live live -> Optional.of(live.stop(reason));
            case InstanceState.Stopping already -> Optional.of(already);
            default -> Optional.empty();
        });
    }

    /** Ends an instance: SIGTERM, the grace, SIGKILL. Returns when it has ended; its container is kept for its logs. */
    public void stop(InstanceId id, String reason, Duration grace) {
        Optional<Instance> announced = announceStop(id, reason);
        if (announced.isEmpty()) {
            return;
        }
        runtimes.of(announced.get().site()).stop(id, grace);
        move(
                id,
                state -> state instanceof InstanceState.Stopping last ? Optional.of(last.stopped()) : Optional.empty());
    }
}
