package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.HealthSpec;
import dev.slipway.platform.runtime.LaunchSpec;
import dev.slipway.platform.runtime.PullTickets;
import dev.slipway.platform.site.InstallationId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.mesos.protobuf.ByteString;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.CommandInfo;
import org.apache.mesos.v1.Protos.ContainerInfo;
import org.apache.mesos.v1.Protos.DurationInfo;
import org.apache.mesos.v1.Protos.Environment;
import org.apache.mesos.v1.Protos.HealthCheck;
import org.apache.mesos.v1.Protos.Image;
import org.apache.mesos.v1.Protos.KillPolicy;
import org.apache.mesos.v1.Protos.Label;
import org.apache.mesos.v1.Protos.Labels;
import org.apache.mesos.v1.Protos.Parameter;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Secret;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.Value;

/** What is sent to Mesos for an instance. Pure. */
final class TaskInfos {
    static final String INSTALLATION = "dev.slipway.installation";
    static final String TENANT = "dev.slipway.tenant";
    static final String APP = "dev.slipway.app";
    static final String PROCESS = "dev.slipway.process";
    static final String INDEX = "dev.slipway.index";
    static final String RELEASE = "dev.slipway.release";
    static final String PORT = "dev.slipway.port";
    static final String KIND = "dev.slipway.kind";
    static final String IMAGE = "dev.slipway.image";

    private static final long GRACE_SECONDS = 30;
    private static final int FAILURES = 3;

    private final MesosSite site;
    private final InstallationId installation;
    private final PullTickets tickets;

    TaskInfos(MesosSite site, InstallationId installation, PullTickets tickets) {
        this.site = site;
        this.installation = installation;
        this.tickets = tickets;
    }

    TaskInfo of(Demand demand, String agentId, int hostPort) {
        LaunchSpec spec = demand.spec();
        // In Mesos' own containerizer the instance is in the agent's network: it listens on the host's port.
        int port = site.containerizer() == MesosSite.Containerizer.MESOS && hostPort > 0 ? hostPort : spec.port();
        TaskInfo.Builder task = TaskInfo.newBuilder()
                .setName(spec.app().value() + "." + spec.process() + "." + spec.index() + "."
                        + spec.tenant().value())
                .setTaskId(TaskID.newBuilder().setValue(spec.id().text()))
                .setAgentId(AgentID.newBuilder().setValue(agentId))
                .addAllResources(resources(demand.need(), hostPort))
                .setCommand(command(spec, port))
                .setContainer(
                        site.containerizer() == MesosSite.Containerizer.DOCKER ? docker(spec, hostPort) : mesos(spec))
                .setKillPolicy(KillPolicy.newBuilder().setGracePeriod(nanoseconds(GRACE_SECONDS * 1_000_000_000L)))
                .setLabels(labels(demand, hostPort));
        spec.health().ifPresent(health -> task.setHealthCheck(health(health, port)));
        return task.build();
    }

    private static List<Resource> resources(Room need, int port) {
        java.util.ArrayList<Resource> list = new java.util.ArrayList<>();
        list.add(scalar("cpus", need.cpus()));
        list.add(scalar("mem", need.memory()));
        if (need.gpus() > 0) {
            list.add(scalar("gpus", need.gpus()));
        }
        if (port > 0) {
            list.add(Resource.newBuilder()
                    .setName("ports")
                    .setType(Value.Type.RANGES)
                    .setRanges(Value.Ranges.newBuilder()
                            .addRange(Value.Range.newBuilder().setBegin(port).setEnd(port)))
                    .build());
        }
        return list;
    }

    private static Resource scalar(String name, long thousandths) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(thousandths / 1000.0))
                .build();
    }

    private CommandInfo command(LaunchSpec spec, int port) {
        CommandInfo.Builder command = CommandInfo.newBuilder().setShell(false);
        spec.command().ifPresent(words -> {
            boolean own = site.containerizer() == MesosSite.Containerizer.MESOS;
            if (own) {
                command.setValue(words.getFirst()).addAllArguments(words);
            } else {
                command.addAllArguments(words);
            }
        });
        Map<String, String> variables = new TreeMap<>(spec.environment());
        if (port > 0 && port != spec.port()) {
            variables.put("PORT", String.valueOf(port));
        }
        Environment.Builder environment = Environment.newBuilder();
        variables.forEach((name, value) -> environment.addVariables(
                Environment.Variable.newBuilder().setName(name).setValue(value)));
        if (site.containerizer() == MesosSite.Containerizer.DOCKER) {
            // The sandbox is the home of "docker pull".
            command.addUris(CommandInfo.URI
                    .newBuilder()
                    .setValue(tickets.address(site.control(spec.image()), spec.image(), spec.credentials()))
                    .setOutputFile(".docker/config.json")
                    .setExtract(false)
                    .setCache(false));
        }
        return command.setEnvironment(environment).build();
    }

    private static ContainerInfo docker(LaunchSpec spec, int hostPort) {
        ContainerInfo.DockerInfo.Builder docker = ContainerInfo.DockerInfo.newBuilder()
                .setImage(spec.image().toString())
                .setNetwork(ContainerInfo.DockerInfo.Network.BRIDGE)
                .setPrivileged(false)
                .setForcePullImage(false)
                .addParameters(parameter("cap-drop", "ALL"))
                .addParameters(parameter("security-opt", "no-new-privileges"))
                .addParameters(
                        parameter("pids-limit", String.valueOf(spec.limits().pids())))
                .addParameters(parameter("memory-swap", spec.limits().memoryBytes() + "b"));
        if (hostPort > 0) {
            docker.addPortMappings(ContainerInfo.DockerInfo.PortMapping.newBuilder()
                    .setHostPort(hostPort)
                    .setContainerPort(spec.port())
                    .setProtocol("tcp"));
        }
        return ContainerInfo.newBuilder()
                .setType(ContainerInfo.Type.DOCKER)
                .setDocker(docker)
                .build();
    }

    private static Parameter parameter(String key, String value) {
        return Parameter.newBuilder().setKey(key).setValue(value).build();
    }

    private static ContainerInfo mesos(LaunchSpec spec) {
        String login = spec.credentials().user() + ":" + spec.credentials().password();
        String auth = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        String config = "{\"auths\":{\"" + spec.image().host() + "\":{\"auth\":\"" + auth + "\"}}}";
        return ContainerInfo.newBuilder()
                .setType(ContainerInfo.Type.MESOS)
                .setMesos(ContainerInfo.MesosInfo.newBuilder()
                        .setImage(Image.newBuilder()
                                .setType(Image.Type.DOCKER)
                                .setCached(true)
                                .setDocker(Image.Docker.newBuilder()
                                        .setName(spec.image().toString())
                                        .setConfig(Secret.newBuilder()
                                                .setType(Secret.Type.VALUE)
                                                .setValue(Secret.Value.newBuilder()
                                                        .setData(ByteString.copyFromUtf8(config)))))))
                .build();
    }

    private static DurationInfo nanoseconds(long value) {
        return DurationInfo.newBuilder().setNanoseconds(value).build();
    }

    private static HealthCheck health(HealthSpec health, int port) {
        HealthCheck.Builder check = HealthCheck.newBuilder()
                .setDelaySeconds(0)
                .setIntervalSeconds(health.interval().toMillis() / 1000.0)
                .setTimeoutSeconds(health.timeout().toMillis() / 1000.0)
                .setGracePeriodSeconds(120)
                .setConsecutiveFailures(FAILURES);
        return switch (health) {
            case HealthSpec.TcpConnect tcp ->
                check.setType(HealthCheck.Type.TCP)
                        .setTcp(HealthCheck.TCPCheckInfo.newBuilder().setPort(port))
                        .build();
            case HealthSpec.HttpGet http ->
                check.setType(HealthCheck.Type.HTTP)
                        .setHttp(HealthCheck.HTTPCheckInfo.newBuilder()
                                .setPort(port)
                                .setPath(http.path()))
                        .build();
            case HealthSpec.Command command ->
                check.setType(HealthCheck.Type.COMMAND)
                        .setCommand(CommandInfo.newBuilder()
                                .setShell(false)
                                .setValue(command.command().getFirst())
                                .addAllArguments(command.command()))
                        .build();
        };
    }

    private Labels labels(Demand demand, int hostPort) {
        LaunchSpec spec = demand.spec();
        Map<String, String> labels = new TreeMap<>(spec.labels());
        labels.put(INSTALLATION, installation.toString());
        labels.put(KIND, demand.oneOff() ? "oneoff" : "instance");
        labels.put(TENANT, spec.tenant().value());
        labels.put(APP, spec.app().value());
        labels.put(PROCESS, spec.process());
        labels.put(INDEX, String.valueOf(spec.index()));
        labels.put(RELEASE, spec.release());
        labels.put(PORT, String.valueOf(hostPort));
        labels.put(IMAGE, spec.image().toString());
        Labels.Builder all = Labels.newBuilder();
        labels.forEach(
                (key, value) -> all.addLabels(Label.newBuilder().setKey(key).setValue(value)));
        return all.build();
    }
}
