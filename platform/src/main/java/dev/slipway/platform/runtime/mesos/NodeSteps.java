package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.LaunchOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.InverseOffer;

/** Smaller decisions of {@link SchedulerCore} that need no more than the tasks: about nodes, errors and repeated launches. */
final class NodeSteps {
    private static final Duration INVERSE_AGAIN = Duration.ofSeconds(30);

    private NodeSteps() {}

    /** An operator plans to take agents away. */
    static void inverse(AppSpread live, List<InverseOffer> offers, List<Effect> effects) {
        for (InverseOffer offer : offers) {
            String agent = offer.getAgentId().getValue();
            Optional<MesosTask> there = live.on(agent);
            there.ifPresent(task -> effects.add(new Effect.Node(new NodeNotice.Leaving(
                    task.host(),
                    Instant.ofEpochSecond(
                            0, offer.getUnavailability().getStart().getNanoseconds()),
                    offer.getUnavailability().hasDuration()
                            ? Optional.of(Duration.ofNanos(
                                    offer.getUnavailability().getDuration().getNanoseconds()))
                            : Optional.empty()))));
            // Yes once nothing of ours is left there; the question is asked again until then.
            effects.add(new Effect.Say(Calls.answerInverse(List.of(offer.getId()), there.isEmpty(), INVERSE_AGAIN)));
        }
    }

    /** An agent does not answer the master any more. */
    static void silent(AppSpread live, String agent, List<Effect> effects) {
        live.on(agent).ifPresent(task -> effects.add(new Effect.Node(new NodeNotice.Silent(task.host()))));
    }

    /** The master ends the subscription with a word. */
    static Effect error(String message) {
        return message.equals("Framework has been removed") ? new Effect.Removed(message) : new Effect.Renew(message);
    }

    /** A launch of something that is known already. */
    static List<Effect> again(MesosTask known) {
        if (known.ended()) {
            int code = known.ending().map(MesosTask.Ending::code).orElse(0);
            return List.of(new Effect.Answer(
                    known.id(),
                    new LaunchOutcome.Refused(
                            "The instance " + known.id() + " has ended already, with exit code " + code + ".")));
        }
        if (known.phase() == MesosTask.Phase.RUNNING || known.phase() == MesosTask.Phase.UNREACHABLE) {
            return List.of(new Effect.Answer(known.id(), new LaunchOutcome.AlreadyThere(known.endpoint())));
        }
        return List.of();
    }
}
