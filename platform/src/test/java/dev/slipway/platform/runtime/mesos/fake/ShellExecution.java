package dev.slipway.platform.runtime.mesos.fake;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.mesos.v1.Protos.CommandInfo;
import org.apache.mesos.v1.Protos.ContainerInfo;
import org.apache.mesos.v1.Protos.Environment;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;

/** Runs a Docker task's command on this machine, and tells what the Docker executor would. */
public final class ShellExecution implements Execution {
    private static final Consumer<String> NOBODY = config -> {};

    private final Set<String> images;
    private final Consumer<String> configs;
    private volatile Process process;
    private volatile boolean killed;
    private volatile boolean destroyed;

    private ShellExecution(Set<String> images, Consumer<String> configs) {
        this.images = images;
        this.configs = configs;
    }

    /** Knows these images; what names another one fails as a pull does. */
    public static Factory knowing(Set<String> images) {
        return task -> new ShellExecution(images, NOBODY);
    }

    /** The same, after it has fetched what the task names, as an agent does; tells what Docker's configuration was. */
    public static Factory fetching(Set<String> images, Consumer<String> configs) {
        return task -> new ShellExecution(images, configs);
    }

    private static Optional<String> fetch(CommandInfo.URI uri) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(uri.getValue())).build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private boolean fetched(TaskInfo task) {
        for (CommandInfo.URI uri : task.getCommand().getUrisList()) {
            Optional<String> content = fetch(uri);
            if (content.isEmpty()) {
                return false;
            }
            if (uri.getOutputFile().equals(".docker/config.json")) {
                configs.accept(content.get());
            }
        }
        return true;
    }

    @Override
    public void start(TaskInfo task, FakeSandbox sandbox, Reports reports) {
        ContainerInfo container = task.getContainer();
        String image = container.getType() == ContainerInfo.Type.DOCKER
                ? container.getDocker().getImage()
                : container.getMesos().getImage().getDocker().getName();
        if (configs != NOBODY && !fetched(task)) {
            reports.tell(
                    TaskState.TASK_FAILED,
                    status -> status.setSource(TaskStatus.Source.SOURCE_AGENT)
                            .setReason(TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED)
                            .setMessage("Failed to launch container: Failed to fetch all URIs for container"));
            return;
        }
        if (!images.contains(image)) {
            reports.tell(
                    TaskState.TASK_FAILED,
                    status -> status.setSource(TaskStatus.Source.SOURCE_AGENT)
                            .setReason(TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED)
                            .setMessage(
                                    "Failed to launch container: Failed to run 'docker -H unix:///var/run/docker.sock pull "
                                            + image
                                            + "': exited with status 1; stderr='Error response from daemon: manifest unknown'"));
            return;
        }
        log(sandbox, "I1122 20:53:48.706439 30748 exec.cpp:164] Version: 1.11.0\n");
        reports.tell(TaskState.TASK_STARTING);
        Thread.startVirtualThread(() -> run(task, sandbox, reports));
    }

    private static void log(FakeSandbox sandbox, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        sandbox.append("stderr", bytes, bytes.length);
    }

    private void run(TaskInfo task, FakeSandbox sandbox, Reports reports) {
        CommandInfo command = task.getCommand();
        List<String> words = new ArrayList<>();
        if (command.hasValue() && !command.getValue().isEmpty() && !command.getShell()) {
            words.add(command.getValue());
        }
        words.addAll(command.getArgumentsList());
        ProcessBuilder builder = new ProcessBuilder(words.isEmpty() ? List.of("/bin/sh") : words)
                .directory(new File("/tmp"))
                .redirectInput(new File("/dev/null"));
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        for (Environment.Variable variable : command.getEnvironment().getVariablesList()) {
            builder.environment().put(variable.getName(), variable.getValue());
        }
        try {
            process = builder.start();
        } catch (IOException e) {
            log(
                    sandbox,
                    "docker: Error response from daemon: OCI runtime create failed: exec: \"" + words.getFirst()
                            + "\": no such file or directory: unknown.\n");
            reports.tell(TaskState.TASK_FAILED, status -> status.setMessage("Container exited with status 127"));
            return;
        }
        if (killed) {
            kill(Duration.ZERO);
        }
        reports.tell(TaskState.TASK_RUNNING);
        Thread out = Thread.startVirtualThread(() -> copy(process.getInputStream(), sandbox, "stdout"));
        Thread err = Thread.startVirtualThread(() -> copy(process.getErrorStream(), sandbox, "stderr"));
        try {
            int code = process.waitFor();
            out.join(2_000);
            err.join(2_000);
            if (!destroyed) {
                TaskState end =
                        killed ? TaskState.TASK_KILLED : code == 0 ? TaskState.TASK_FINISHED : TaskState.TASK_FAILED;
                reports.tell(end, status -> status.setMessage("Container exited with status " + code));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(InputStream from, FakeSandbox sandbox, String file) {
        byte[] piece = new byte[8192];
        try (from) {
            for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
                sandbox.append(file, piece, read);
            }
        } catch (IOException closed) {
            return;
        }
    }

    @Override
    public void kill(Duration grace) {
        killed = true;
        Process running = process;
        if (running == null) {
            return;
        }
        Thread.startVirtualThread(() -> {
            running.toHandle().destroy();
            try {
                if (!running.waitFor(grace.toNanos(), TimeUnit.NANOSECONDS)) {
                    running.descendants().forEach(ProcessHandle::destroyForcibly);
                    running.toHandle().destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void destroy() {
        destroyed = true;
        Process running = process;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.toHandle().destroyForcibly();
        }
    }
}
