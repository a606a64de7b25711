package dev.slipway.platform.telemetry;

import dev.slipway.platform.runtime.Runtime;
import dev.slipway.platform.runtime.RuntimeHealth;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready means that instances can be run. */
@Readiness
@ApplicationScoped
class EngineHealth implements HealthCheck {
    private final Runtime runtime;

    EngineHealth(Runtime runtime) {
        this.runtime = runtime;
    }

    @Override
    public HealthCheckResponse call() {
        RuntimeHealth health = runtime.health();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("runtime of site local")
                .status(health.available())
                .withData("version", health.version());
        for (int i = 0; i < health.warnings().size(); i++) {
            answer.withData("warning " + (i + 1), health.warnings().get(i));
        }
        return answer.build();
    }
}
