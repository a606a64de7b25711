package dev.slipway.platform.image;

import dev.slipway.platform.loop.Pause;
import dev.slipway.registry.collect.Pace;
import dev.slipway.registry.replicate.Rest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Long work on the store leaves the disk to others for a moment after each step, and ends when the program does. */
@ApplicationScoped
class RegistryPace implements Pace, Rest {
    private static final Duration REST = Duration.ofMillis(2);

    private final Pause pause;

    RegistryPace(Pause pause) {
        this.pause = pause;
    }

    @Override
    public void rest(Duration duration) throws InterruptedException {
        pause.pause(duration);
    }

    @Override
    public boolean next() {
        try {
            pause.pause(REST);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
