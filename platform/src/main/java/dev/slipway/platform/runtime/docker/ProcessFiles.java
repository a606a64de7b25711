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
 * What the kernel of this machine tells about the processes of a container: control group files (version 1 and 2) and
 * listening sockets. Nothing is found when the engine is on another machine; callers then ask the engine or do without.
 */
final class ProcessFiles {

    private static final String LISTEN = "0A";
    /** The engine's own name server listens at 127.0.0.11 in every container. */
    private static final String ENGINE_NAME_SERVER = "0B00007F";

    private final Path proc;
    private final Path groups;

    ProcessFiles() {
        this(Path.of("/proc"), Path.of("/sys/fs/cgroup"));
    }

    ProcessFiles(Path proc, Path groups) {
        this.proc = proc;
        this.groups = groups;
    }

    /** TCP ports on which something listens in the network of a process, in ascending order. */
    List<Integer> listening(long pid) {
        TreeSet<Integer> ports = new TreeSet<>();
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

    /** What the control group of a process has used; null if its files are not here. */
    @Nullable
    Usage usage(long pid) {
        OptionalLong cpu = number(file(pid, "cpuacct", "cpuacct.usage"));
        OptionalLong memory = number(file(pid, "memory", "memory.usage_in_bytes"));
        OptionalLong cache = field(file(pid, "memory", "memory.stat"), "total_inactive_file");
        if (cpu.isEmpty()) {
            OptionalLong micros = field(file(pid, "", "cpu.stat"), "usage_usec");
            cpu = micros.isPresent() ? OptionalLong.of(micros.getAsLong() * 1_000) : cpu;
            memory = number(file(pid, "", "memory.current"));
            cache = field(file(pid, "", "memory.stat"), "inactive_file");
        }
        if (cpu.isEmpty() || memory.isEmpty()) {
            return null;
        }
        return new Usage(cpu.getAsLong(), Math.max(0, memory.getAsLong() - cache.orElse(0)));
    }

    /** How often the kernel killed a process of the control group for want of memory; empty if it cannot be told. */
    OptionalLong memoryKills(long pid) {
        OptionalLong kills = field(file(pid, "memory", "memory.oom_control"), "oom_kill");
        return kills.isPresent() ? kills : field(file(pid, "", "memory.events"), "oom_kill");
    }

    /** Ids of all processes in the control group of a process; empty if they cannot be seen. */
    List<Long> processes(long pid) {
        Path list = file(pid, "pids", "cgroup.procs");
        list = list == null ? file(pid, "", "cgroup.procs") : list;
        return list == null
                ? List.of()
                : lines(list).stream().map(Long::parseLong).toList();
    }

    private @Nullable Path file(long pid, String controller, String name) {
        for (String line : lines(proc.resolve(pid + "/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3
                    && (parts[1].equals(controller)
                            || List.of(parts[1].split(",")).contains(controller))) {
                Path base = controller.isEmpty() ? groups : groups.resolve(parts[1]);
                return base.resolve(parts[2].substring(1)).resolve(name);
            }
        }
        return null;
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
