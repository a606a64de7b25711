package dev.slipway.platform.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Stands where the runtime of a site would be and says, whatever it is asked, why there is none. */
final class AbsentRuntime implements Runtime {
    private final String site;
    private final String reason;

    AbsentRuntime(String site, String reason) {
        this.site = site;
        this.reason = reason;
    }

    private RuntimeUnavailableException absent(String attempted, InstanceId id) {
        return new RuntimeUnavailableException(
                attempted, id + " at site " + site, reason, new IOException("no runtime"));
    }

    private RuntimeUnavailableException absent(String attempted) {
        return new RuntimeUnavailableException(attempted, "site " + site, reason, new IOException("no runtime"));
    }

    @Override
    public LaunchOutcome launch(LaunchSpec spec) {
        return new LaunchOutcome.Unavailable("site " + site + ": " + reason);
    }

    @Override
    public void stop(InstanceId id, Duration grace) {
        throw absent("stop", id);
    }

    @Override
    public void remove(InstanceId id) {
        throw absent("remove", id);
    }

    @Override
    public List<Observed> observe() {
        throw absent("observe");
    }

    @Override
    public Watch watch(Consumer<RuntimeEvent> listener) {
        throw absent("watch");
    }

    @Override
    public LogStream logs(InstanceId id, boolean follow, int tail, LogSink sink) {
        throw absent("read the log of", id);
    }

    @Override
    public OneOff runOneOff(LaunchSpec spec, boolean tty) {
        throw absent("run", spec.id());
    }

    @Override
    public CommandResult exec(InstanceId id, List<String> command, CommandLimits limits) {
        throw absent("run a command in", id);
    }

    @Override
    public Usage usage(InstanceId id) {
        throw absent("measure", id);
    }

    @Override
    public List<Integer> openPorts(InstanceId id) {
        throw absent("look at the ports of", id);
    }

    @Override
    public List<Node> nodes() {
        throw absent("list the nodes of");
    }

    @Override
    public RuntimeHealth health() {
        return new RuntimeHealth(false, reason, List.of());
    }
}
