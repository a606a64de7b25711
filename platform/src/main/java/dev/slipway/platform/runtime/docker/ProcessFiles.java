package dev.slipway.platform.runtime.docker;

import dev.slipway.platform.runtime.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel of this machine tells about the processes of one container: control group files (version 1 and 2) and
 * listening sockets. Nothing is found when the engine is on another machine; callers then ask the engine or do without.
 *
 * <p>The kernel gives the id of a process that has ended to the next one that starts, which may be anybody's. So an id
 * counts only as long as the control group of its process is named for the container.
 */
final class ProcessFiles {

    private static final String LISTEN = "0A";
    /** The engine's own name server listens at 127.0.0.11 in every container. */
    private static final String ENGINE_NAME_SERVER = "0B00007F";

    private final Path proc;
    private final Path groups;
    private final String containerId;
    private final long pid;

    private ProcessFiles(Path proc, Path groups, String containerId, long pid) {
        this.proc = proc;
        this.groups = groups;
        this.containerId = containerId;
        this.pid = pid;
    }

    /**
     * The container with the engine's full id {@code containerId}.
     *
     * @param pid id of its first process on the machine of the engine
     */
    static ProcessFiles of(String containerId, long pid) {
        return of(Path.of("/proc"), Path.of("/sys/fs/cgroup"), containerId, pid);
    }

    static ProcessFiles of(Path proc, Path groups, String containerId, long pid) {
        if (containerId.isBlank()) {
            throw new IllegalArgumentException("Tried to tell the processes of a container by an empty id.");
        }
        return new ProcessFiles(proc, groups, containerId, pid);
    }

    /** TCP ports on which something listens in the container's network, in ascending order. */
    List<Integer> listening() {
        TreeSet<Integer> ports = new TreeSet<>();
        if (!holds(pid)) {
            return List.of();
        }
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : lines(proc.resolve(pid + "/net/" + table))) {
                String[] fields = line.strip().split("\\s+");
                if (fields.length > 3 && fields[3].equals(LISTEN) && !fields[1].startsWith(ENGINE_NAME_SERVER)) {
                    ports.add(Integer.parseInt(fields[1].substring(fields[1].lastIndexOf(':') + 1), 16));
                }
            }
        }
        return List.copyOf(ports);
    }

    /** What the container has used; null if its files are not here. */
    @Nullable
    Usage usage() {
        OptionalLong cpu = number(file("cpuacct", "cpuacct.usage"));
        OptionalLong memory = number(file("memory", "memory.usage_in_bytes"));
        OptionalLong cache = field(file("memory", "memory.stat"), "total_inactive_file");
        if (cpu.isEmpty()) {
            OptionalLong micros = field(file("", "cpu.stat"), "usage_usec");
            cpu = micros.isPresent() ? OptionalLong.of(micros.getAsLong() * 1_000) : cpu;
            memory = number(file("", "memory.current"));
            cache = field(file("", "memory.stat"), "inactive_file");
        }
        if (cpu.isEmpty() || memory.isEmpty()) {
            return null;
        }
        return new Usage(cpu.getAsLong(), Math.max(0, memory.getAsLong() - cache.orElse(0)));
    }

    /** How often the kernel killed one of its processes for want of memory; empty if it cannot be told. */
    OptionalLong memoryKills() {
        OptionalLong kills = field(file("memory", "memory.oom_control"), "oom_kill");
        return kills.isPresent() ? kills : field(file("", "memory.events"), "oom_kill");
    }

    /** Ids of all its processes; empty if they cannot be seen. */
    List<Long> processes() {
        Path list = file("pids", "cgroup.procs");
        list = list == null ? file("", "cgroup.procs") : list;
        return list == null
                ? List.of()
                : lines(list).stream().map(Long::parseLong).toList();
    }

    /** Whether the process that has this id now is one of the container's. */
    boolean holds(long id) {
        return lines(proc.resolve(id + "/cgroup")).stream()
                .map(line -> line.split(":", 3))
                .anyMatch(parts -> parts.length == 3 && isContainers(parts[2]));
    }

    /**
     * Kills one process of the container, and never another: the handle is taken before it is asked whose the process
     * is, and a handle kills only the process for which it was made.
     */
    void kill(long id) {
        ProcessHandle.of(id).filter(process -> holds(id)).ifPresent(ProcessHandle::destroyForcibly);
    }

    private @Nullable Path file(String controller, String name) {
        for (String line : lines(proc.resolve(pid + "/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3
                    && isContainers(parts[2])
                    && (parts[1].equals(controller)
                            || List.of(parts[1].split(",")).contains(controller))) {
                Path base = controller.isEmpty() ? groups : groups.resolve(parts[1]);
                return base.resolve(parts[2].substring(1)).resolve(name);
            }
        }
        return null;
    }

    /** Engines name a container's control group by its id, some with a word before it and {@code .scope} after it. */
    private boolean isContainers(String group) {
        return group.contains(containerId);
    }

    private static OptionalLong number(@Nullable Path file) {
        List<String> lines = file == null ? List.of() : lines(file);
        return lines.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(lines.getFirst().strip()));
    }

    private static OptionalLong field(@Nullable Path file, String name) {
        return (file == null ? List.<String>of() : lines(file))
                .stream()
                        .filter(line -> line.startsWith(name + " "))
                        .mapToLong(line ->
                                Long.parseLong(line.substring(name.length() + 1).strip()))
                        .findFirst();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
