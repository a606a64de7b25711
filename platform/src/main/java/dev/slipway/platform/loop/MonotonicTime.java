package dev.slipway.platform.loop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.function.LongSupplier;

/** The program's only nanosecond ticker, for injection where an elapsed time is measured on a hot path. */
@ApplicationScoped
class MonotonicTime {
    @Produces
    @Singleton
    @Named("ticker")
    LongSupplier ticker() {
        return System::nanoTime;
    }
}
