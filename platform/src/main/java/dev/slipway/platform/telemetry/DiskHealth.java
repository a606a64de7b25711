package dev.slipway.platform.telemetry;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means that there is disk left to build and to push. */
@Readiness
@ApplicationScoped
class DiskHealth implements HealthCheck {
    private final Path home;
    private final long least;

    DiskHealth(
            @ConfigProperty(name = "slipway.home") Path home,
            @ConfigProperty(name = "slipway.health.least-free-disk", defaultValue = "536870912") long least) {
        this.home = home;
        this.least = least;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            long free = Files.getFileStore(home).getUsableSpace();
            return HealthCheckResponse.named("disk of SLIPWAY_HOME")
                    .status(free >= least)
                    .withData("free bytes", free)
                    .withData("least bytes", least)
                    .build();
        } catch (IOException e) {
            return HealthCheckResponse.named("disk of SLIPWAY_HOME")
                    .down()
                    .withData("problem", String.valueOf(e.getMessage()))
                    .build();
        }
    }
}
