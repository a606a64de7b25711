package dev.slipway.platform.pipeline;

import dev.slipway.platform.proxy.Proxy;
import dev.slipway.platform.reconcile.Drain;
import dev.slipway.platform.runtime.InstanceId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Asks this process's proxy. */
@ApplicationScoped
class ProxyDrain implements Drain {
    private final Proxy proxy;

    ProxyDrain(Proxy proxy) {
        this.proxy = proxy;
    }

    @Override
    public void await(InstanceId instance, Duration atMost) throws InterruptedException {
        proxy.awaitDrained(instance.value().toString(), atMost);
    }
}
