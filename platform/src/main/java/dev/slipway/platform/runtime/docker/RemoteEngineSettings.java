package dev.slipway.platform.runtime.docker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** As the engine beside this program, but for what cannot be on another machine: its bridges and its packet filter. */
record RemoteEngineSettings(DockerSettings local) implements DockerSettings {
    @Override
    public Path socket() {
        return local.socket();
    }

    @Override
    public Duration connectTimeout() {
        return local.connectTimeout();
    }

    @Override
    public Duration responseTimeout() {
        return local.responseTimeout();
    }

    @Override
    public Duration pullTimeout() {
        return local.pullTimeout();
    }

    @Override
    public Reach reach() {
        return Reach.PUBLISHED_PORT;
    }

    @Override
    public boolean init() {
        return local.init();
    }

    @Override
    public boolean readOnlyRoot() {
        return local.readOnlyRoot();
    }

    @Override
    public long temporaryBytes() {
        return local.temporaryBytes();
    }

    @Override
    public Optional<List<String>> capabilities() {
        return local.capabilities();
    }

    @Override
    public long boostCpuMillis() {
        return local.boostCpuMillis();
    }

    @Override
    public String networkPool() {
        return local.networkPool();
    }

    @Override
    public int networkPrefix() {
        return local.networkPrefix();
    }

    @Override
    public boolean firewall() {
        return false;
    }

    @Override
    public List<Integer> hostPorts() {
        return local.hostPorts();
    }

    @Override
    public List<String> blockedNetworks() {
        return local.blockedNetworks();
    }
}
