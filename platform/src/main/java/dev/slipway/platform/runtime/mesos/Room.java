package dev.slipway.platform.runtime.mesos;

import java.util.ArrayList;
import java.util.List;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Value;

/**
 * What one agent offers, or one instance needs. Scalars are thousandths, as Mesos rounds them.
 *
 * @param cpus thousandths of a processor
 * @param memory thousandths of a megabyte
 * @param disk thousandths of a megabyte
 * @param gpus thousandths of a GPU
 * @param ports ranges of TCP ports, each as first and last
 */
record Room(long cpus, long memory, long disk, long gpus, List<Ports> ports) {

    /** Ports from {@code first} to {@code last}, both in it. */
    record Ports(int first, int last) {}

    static final Room NONE = new Room(0, 0, 0, 0, List.of());

    Room {
        ports = List.copyOf(ports);
    }

    /** The sum of resources that nobody has reserved; an offer may lack any of them. */
    static Room of(List<Resource> resources) {
        long[] scalars = new long[4];
        List<Ports> ports = new ArrayList<>();
        for (Resource resource : resources) {
            if (resource.getReservationsCount() > 0 || resource.hasRevocable() || resource.hasDisk()) {
                continue;
            }
            int index = List.of("cpus", "mem", "disk", "gpus").indexOf(resource.getName());
            if (index >= 0 && resource.getType() == Value.Type.SCALAR) {
                scalars[index] += Math.round(resource.getScalar().getValue() * 1000);
            } else if (resource.getName().equals("ports")) {
                resource.getRanges()
                        .getRangeList()
                        .forEach(range -> ports.add(new Ports((int) range.getBegin(), (int) range.getEnd())));
            }
        }
        return new Room(scalars[0], scalars[1], scalars[2], scalars[3], ports);
    }

    Room plus(Room other) {
        List<Ports> both = new ArrayList<>(ports);
        both.addAll(other.ports);
        return new Room(cpus + other.cpus, memory + other.memory, disk + other.disk, gpus + other.gpus, both);
    }

    /** Whether the need's scalars fit, and a port is left if it wants one. */
    boolean fits(Room need, boolean port) {
        return need.cpus <= cpus
                && need.memory <= memory
                && need.disk <= disk
                && need.gpus <= gpus
                && (!port || !ports.isEmpty());
    }

    /** Whether it has at least as much of every scalar. */
    boolean covers(Room other) {
        return other.cpus <= cpus && other.memory <= memory && other.disk <= disk && other.gpus <= gpus;
    }

    /** The larger of every scalar. */
    Room most(Room other) {
        return new Room(
                Math.max(cpus, other.cpus),
                Math.max(memory, other.memory),
                Math.max(disk, other.disk),
                Math.max(gpus, other.gpus),
                List.of());
    }

    int firstPort() {
        return ports.getFirst().first();
    }

    /** What is left without a need, and without the first port if one is taken. */
    Room less(Room need, boolean port) {
        List<Ports> left = ports;
        if (port) {
            left = new ArrayList<>(ports);
            Ports first = left.removeFirst();
            if (first.first() < first.last()) {
                left.addFirst(new Ports(first.first() + 1, first.last()));
            }
        }
        return new Room(cpus - need.cpus, memory - need.memory, disk - need.disk, gpus - need.gpus, left);
    }

    /** For people: {@code 0.5 cpu and 256 MB}. */
    String text() {
        return cpus / 1000.0 + " cpu and " + memory / 1000 + " MB" + (gpus > 0 ? " and " + gpus / 1000 + " GPU" : "");
    }
}
