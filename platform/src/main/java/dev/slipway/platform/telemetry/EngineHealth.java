package dev.slipway.platform.telemetry;

import dev.slipway.platform.runtime.RuntimeHealth;
import dev.slipway.platform.runtime.Runtimes;
import dev.slipway.platform.site.SiteState;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready means that instances can be run at one site at least. */
@Readiness
@ApplicationScoped
class EngineHealth implements HealthCheck {
    private final Runtimes runtimes;

    EngineHealth(Runtimes runtimes) {
        this.runtimes = runtimes;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("sites");
        boolean some = false;
        for (Runtimes.At at : runtimes.all()) {
            String site = "site " + at.site().name();
            if (at.site().state() instanceof SiteState.Joining || at.site().state() instanceof SiteState.Lost) {
                answer.withData(site, at.site().state().code());
                continue;
            }
            RuntimeHealth health = at.runtime().health();
            some |= health.available();
            answer.withData("runtime of " + site, health.version());
            for (int i = 0; i < health.warnings().size(); i++) {
                answer.withData(
                        "warning " + (i + 1) + " of " + site, health.warnings().get(i));
            }
        }
        answer.status(some);
        return answer.build();
    }
}
