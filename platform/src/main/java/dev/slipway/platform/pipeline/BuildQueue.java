package dev.slipway.platform.pipeline;

import dev.slipway.buildpacks.sandbox.Cancellation;
import dev.slipway.platform.build.Build;
import dev.slipway.platform.build.BuildId;
import dev.slipway.platform.build.Builds;
import dev.slipway.platform.site.Fence;
import dev.slipway.platform.site.Leadership;
import dev.slipway.platform.site.StaleLeaderException;
import dev.slipway.platform.transcript.Transcripts;
import dev.slipway.tenancy.quota.QuotaResource;
import dev.slipway.tenancy.quota.ReservationOutcome;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/** Hands queued builds to as many threads as may build at once, and carries wishes to cancel to them. */
@ApplicationScoped
public class BuildQueue {
    private static final Logger LOG = Logger.getLogger(BuildQueue.class);

    private final Builds builds;
    private final BuildRunner runner;
    private final BuildQuota quota;
    private final Transcripts transcripts;
    private final PipelineSettings config;
    private final Leadership leadership;
    private final Fence fence;
    private final ExecutorService work;
    private final Semaphore places;
    private final Map<BuildId, Cancellation> running = new ConcurrentHashMap<>();

    BuildQueue(
            Builds builds,
            BuildRunner runner,
            BuildQuota quota,
            Transcripts transcripts,
            PipelineSettings config,
            Leadership leadership,
            Fence fence,
            ExecutorService work) {
        this.builds = builds;
        this.runner = runner;
        this.quota = quota;
        this.transcripts = transcripts;
        this.config = config;
        this.leadership = leadership;
        this.fence = fence;
        this.work = work;
        this.places = new Semaphore(
                config.buildsAtOnce().orElse(java.lang.Runtime.getRuntime().availableProcessors()));
    }

    /** Takes up builds whose worker is gone, hands out queued ones, and ends those that were cancelled. */
    public void look() {
        if (leadership.epoch().isEmpty()) {
            return;
        }
        for (Build build : builds.running()) {
            Cancellation mine = running.get(build.id());
            if (mine == null) {
                takeUp(build);
            } else if (build.cancelRequested()) {
                mine.request();
            }
        }
        while (places.tryAcquire()) {
            if (!handOut()) {
                places.release();
                return;
            }
        }
    }

    private boolean handOut() {
        Map<Build, ReservationOutcome.Refused> hopeless = new LinkedHashMap<>();
        List<Build> claimed = QuarkusTransaction.requiringNew().call(() -> {
            long epoch = fence.hold();
            hopeless.clear();
            List<Build> started = new ArrayList<>();
            for (Build candidate : builds.claimable(16)) {
                if (!started.isEmpty()) {
                    break;
                }
                switch (quota.reserve(candidate)) {
                    case ReservationOutcome.Reserved reserved ->
                        started.add(builds.start(candidate.id(), config.buildTime(), epoch));
                    case ReservationOutcome.Refused refused -> {
                        if (refused.resource() == QuotaResource.BUILD_MINUTES) {
                            builds.requestCancel(candidate.id(), "the quota of build minutes");
                            hopeless.put(candidate, refused);
                        }
                    }
                }
            }
            return started;
        });
        hopeless.forEach(this::refuse);
        for (Build build : claimed) {
            Cancellation cancellation = new Cancellation();
            running.put(build.id(), cancellation);
            work.execute(() -> run(build, cancellation));
        }
        return !claimed.isEmpty();
    }

    /** A tenant whose month is used up is told so at once, rather than waiting for the next one. */
    private void refuse(Build build, ReservationOutcome.Refused refused) {
        transcripts.append(build.transcript(), " !     " + refused.sentence() + "\n");
        transcripts.close(build.transcript());
    }

    private void run(Build build, Cancellation cancellation) {
        try {
            runner.run(build, cancellation);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StaleLeaderException e) {
            LOG.infof("build is left to the next leader build=%s", build.id());
        } catch (RuntimeException e) {
            LOG.errorf(e, "build broke down build=%s app=%s", build.id(), build.app());
            runner.breakDown(build);
        } finally {
            running.remove(build.id());
            places.release();
            look();
        }
    }

    /** A build that runs by the table and in no thread: its process ended. It is begun anew, but not for ever. */
    private void takeUp(Build build) {
        boolean again = QuarkusTransaction.requiringNew().call(() -> {
            fence.hold();
            boolean retry = build.attempts() < config.buildAttempts() && !build.cancelRequested();
            builds.finish(
                    build.id(),
                    state ->
                            retry ? state.requeue() : state.fail("its worker was lost " + build.attempts() + " times"));
            quota.settle(build);
            return retry;
        });
        if (again) {
            LOG.infof("build is begun anew build=%s app=%s", build.id(), build.app());
            transcripts.append(build.transcript(), "       The build was interrupted and is begun anew.\n");
        } else {
            transcripts.append(build.transcript(), " !     The build was interrupted and is given up; push again.\n");
            transcripts.close(build.transcript());
        }
    }
}
