package dev.slipway.platform.runtime.mesos;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Tells whether the masters at a site's address are still those of its cluster. A master takes any framework id it has
 * not seen, and says of all our tasks that it does not know them: subscribing at the wrong one would have everything
 * replaced that runs well elsewhere.
 */
final class SameCluster {
    private static final Logger LOG = Logger.getLogger(SameCluster.class);

    private final MesosSite site;
    private final MesosOperator operator;

    SameCluster(MesosSite site, MesosOperator operator) {
        this.site = site;
        this.operator = operator;
    }

    /**
     * Why the cluster must be another one: it has agents and knows neither our framework nor any of the agents that our
     * tasks are on. A leader that has just begun names the agents of its predecessor, so a failover is not taken for that.
     */
    Optional<String> objection(String frameworkId, List<MesosTask> tasks) {
        List<String> ours = tasks.stream()
                .filter(task -> !task.ended() && !task.agentId().isEmpty())
                .map(MesosTask::agentId)
                .distinct()
                .toList();
        if (ours.isEmpty()) {
            return Optional.empty();
        }
        try {
            Set<String> there = operator.agentIds();
            boolean known = there.isEmpty()
                    || ours.stream().anyMatch(there::contains)
                    || operator.frameworks().stream()
                            .anyMatch(framework -> framework.id().equals(frameworkId));
            return known
                    ? Optional.empty()
                    : Optional.of("The Mesos master at " + site.masters() + " knows neither framework " + frameworkId
                            + " nor any of the " + ours.size() + " agents that instances of site " + site.name()
                            + " run on: it must be the master of another cluster. Nothing is told to it. Put the"
                            + " address right with sites:change, or give up what ran there with sites:retire");
        } catch (IOException e) {
            // Subscribing says better what is wrong.
            LOG.debugf("agents not read site=%s reason=%s", site.name(), e.getMessage());
            return Optional.empty();
        }
    }
}
