package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchSpec;
import dev.slipway.tenancy.identity.TenantName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A launch that wants an offer.
 *
 * @param oneOff whether it is a one-off command
 * @param deadline when waiting for an offer is given up
 */
record Demand(LaunchSpec spec, boolean oneOff, Instant deadline) {
    /** How the roles of tenants begin. */
    static final String ROLES = "slipway-";

    /** Label that asks for whole GPUs. */
    static final String GPUS = "dev.slipway.gpus";

    InstanceId id() {
        return spec.id();
    }

    /** One top-level role per tenant: quota is refused on nested ones. */
    static String role(TenantName tenant) {
        return ROLES + tenant.value();
    }

    String role() {
        return role(spec.tenant());
    }

    boolean wantsPort() {
        return spec.port() > 0;
    }

    String app() {
        return spec.tenant() + "/" + spec.app() + "/" + spec.process();
    }

    /** The agent it has to be on, by host name or by id: whoever chose it knows of constraints that we do not. */
    Optional<String> node() {
        return spec.node();
    }

    Room need() {
        long memory = Math.ceilDiv(spec.limits().memoryBytes() * 1000, 1L << 20);
        String gpus = spec.labels().getOrDefault(GPUS, "0");
        return new Room(
                spec.limits().cpuMillis(),
                memory,
                0,
                gpus.matches("[0-9]{1,3}") ? Long.parseLong(gpus) * 1000 : 0,
                List.of());
    }
}
