package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.InstanceId;
import dev.slipway.platform.runtime.LaunchSpec;
import dev.slipway.tenancy.identity.TenantName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A launch that wants an offer. What it needs is worked out once: it is looked at for every offer. */
final class Demand {
    /** How the roles of tenants begin. */
    static final String ROLES = "slipway-";

    /** Label that asks for whole GPUs. */
    static final String GPUS = "dev.slipway.gpus";

    private static final Pattern COUNT = Pattern.compile("[0-9]{1,3}");

    private final LaunchSpec spec;
    private final boolean oneOff;
    private final Instant deadline;
    private final String role;
    private final String app;
    private final Room need;

    /**
     * @param oneOff whether it is a one-off command
     * @param deadline when waiting for an offer is given up
     */
    Demand(LaunchSpec spec, boolean oneOff, Instant deadline) {
        this.spec = spec;
        this.oneOff = oneOff;
        this.deadline = deadline;
        this.role = role(spec.tenant());
        this.app = spec.tenant() + "/" + spec.app() + "/" + spec.process();
        String gpus = spec.labels().getOrDefault(GPUS, "");
        this.need = new Room(
                spec.limits().cpuMillis(),
                Math.ceilDiv(spec.limits().memoryBytes() * 1000, 1L << 20),
                0,
                COUNT.matcher(gpus).matches() ? Long.parseLong(gpus) * 1000 : 0,
                List.of());
    }

    LaunchSpec spec() {
        return spec;
    }

    boolean oneOff() {
        return oneOff;
    }

    Instant deadline() {
        return deadline;
    }

    InstanceId id() {
        return spec.id();
    }

    /** One top-level role per tenant: quota is refused on nested ones. */
    static String role(TenantName tenant) {
        return ROLES + tenant.value();
    }

    String role() {
        return role;
    }

    boolean wantsPort() {
        return spec.port() > 0;
    }

    /** {@code tenant/app/process}. */
    String app() {
        return app;
    }

    /** The agent it has to be on, by host name or by id: whoever chose it knows of constraints that we do not. */
    Optional<String> node() {
        return spec.node();
    }

    Room need() {
        return need;
    }
}
