package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Ulimit;
import com.github.dockerjava.api.model.Volume;
import dev.slipway.buildpacks.sandbox.Limits;
import dev.slipway.platform.site.InstallationId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is asked of the engine for one sandbox: an idle process that steps are run beside. */
final class SandboxContainer {

    private final Engine engine;
    private final InstallationId installation;
    private final SandboxSettings settings;

    SandboxContainer(Engine engine, InstallationId installation, SandboxSettings settings) {
        this.engine = engine;
        this.installation = installation;
        this.settings = settings;
    }

    CreateContainerCmd request(
            String name, String image, Path exchange, String user, String network, BuildTrust trust, Limits limits)
            throws java.io.IOException {
        List<Bind> binds = new ArrayList<>();
        binds.add(new Bind(exchange.toString(), new Volume("/slipway"), AccessMode.rw));
        binds.addAll(trust.binds());
        if (settings.buildpacksDirectory().isPresent()) {
            binds.add(BuildTrust.readOnly(settings.buildpacksDirectory().get(), "/cnb/buildpacks"));
        }
        Map<String, String> labels = new TreeMap<>(Labels.of(installation, Labels.Kind.SANDBOX));
        labels.put(Labels.OWNER, Leftovers.self());
        HostConfig host = InstanceContainer.confined(limits.cpuMillis(), limits.memoryBytes(), limits.pids(), network)
                .withInit(true)
                .withBinds(binds)
                .withUlimits(List.of(new Ulimit("core", 0L, 0L)))
                .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE, Map.of()));
        return engine.client()
                .createContainerCmd(image)
                .withName(name)
                .withLabels(labels)
                .withUser(user)
                .withWorkingDir("/")
                .withEntrypoint("sleep")
                .withCmd("2147483647")
                .withEnv(InstanceContainer.environment(trust.environment()))
                .withHostConfig(host);
    }
}
