package dev.slipway.platform.telemetry;

import dev.slipway.platform.loop.Loops;
import dev.slipway.platform.site.Leadership;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Names the loops whose last pass failed. They go on by themselves and a restart would not help them, so the answer is
 * up; it is here for people.
 */
@Liveness
@ApplicationScoped
class LoopHealth implements HealthCheck {
    private final Loops loops;
    private final Leadership leadership;

    LoopHealth(Loops loops, Leadership leadership) {
        this.loops = loops;
        this.leadership = leadership;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("loops")
                .up()
                .withData("leads", leadership.epoch().isPresent());
        if (!loops.failing().isEmpty()) {
            answer.withData("failing", String.join(", ", loops.failing()));
        }
        return answer.build();
    }
}
