package dev.slipway.platform.runtime.mesos.fake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Value;

/** An amount of resources: scalars in thousandths, as Mesos keeps them, and a set of ports. */
final class FakeResources {
    private static final List<String> NAMES = List.of("cpus", "mem", "disk", "gpus");

    /**
     * What may be added up: the name, for whom it is reserved, and which volume it is.
     *
     * @param disk the default instance where it is no volume
     */
    record Kind(String name, List<Resource.ReservationInfo> reservations, Resource.DiskInfo disk) {
        static final Kind CPUS = plain("cpus");

        static Kind plain(String name) {
            return new Kind(name, List.of(), Resource.DiskInfo.getDefaultInstance());
        }

        static Kind of(Resource resource) {
            return new Kind(resource.getName(), List.copyOf(resource.getReservationsList()), resource.getDisk());
        }

        boolean free() {
            return reservations.isEmpty() && !volume();
        }

        boolean volume() {
            return disk.hasPersistence();
        }

        /** Without its innermost reservation. */
        Kind unreserved() {
            return new Kind(name, reservations.subList(0, Math.max(0, reservations.size() - 1)), disk);
        }

        /** The same space without a volume on it. */
        Kind space() {
            return new Kind(name, reservations, Resource.DiskInfo.getDefaultInstance());
        }

        /** A reservation is for its role and the roles below. */
        boolean goesTo(String role) {
            if (reservations.isEmpty()) {
                return true;
            }
            String owner = reservations.getLast().getRole();
            return role.equals(owner) || role.startsWith(owner + "/");
        }

        String text(String allocated) {
            StringBuilder text = new StringBuilder(name).append(allocated);
            if (!reservations.isEmpty()) {
                List<String> each = new ArrayList<>();
                for (Resource.ReservationInfo reservation : reservations) {
                    String labels = reservation.getLabels().getLabelsList().stream()
                            .map(label -> label.getKey() + ": " + label.getValue())
                            .collect(java.util.stream.Collectors.joining(", "));
                    each.add("(" + reservation.getType() + "," + reservation.getRole()
                            + (labels.isEmpty() ? "" : ",{" + labels + "}") + ")");
                }
                text.append("(reservations: [").append(String.join(", ", each)).append("])");
            }
            if (volume()) {
                text.append('[')
                        .append(disk.getPersistence().getId())
                        .append(':')
                        .append(disk.getVolume().getContainerPath())
                        .append(']');
            }
            return text.toString();
        }
    }

    static final FakeResources NONE = new FakeResources(new LinkedHashMap<>(), FakePorts.NONE);

    private final LinkedHashMap<Kind, Long> scalars;
    private final FakePorts ports;

    private FakeResources(LinkedHashMap<Kind, Long> scalars, FakePorts ports) {
        this.scalars = scalars;
        this.ports = ports;
    }

    static FakeResources of(double cpus, double mem, double disk, int firstPort, int lastPort) {
        LinkedHashMap<Kind, Long> scalars = new LinkedHashMap<>();
        scalars.put(Kind.CPUS, thousandths(cpus));
        scalars.put(Kind.plain("mem"), thousandths(mem));
        scalars.put(Kind.plain("disk"), thousandths(disk));
        return new FakeResources(scalars, FakePorts.of(firstPort, lastPort));
    }

    FakeResources with(String name, double value) {
        LinkedHashMap<Kind, Long> more = new LinkedHashMap<>(scalars);
        more.put(Kind.plain(name), thousandths(value));
        return new FakeResources(more, ports);
    }

    private static long thousandths(double value) {
        return Math.round(value * 1000);
    }

    static FakeResources of(List<Resource> resources) {
        LinkedHashMap<Kind, Long> scalars = new LinkedHashMap<>();
        FakePorts ports = FakePorts.NONE;
        for (Resource resource : resources) {
            if (resource.getType() == Value.Type.SCALAR) {
                scalars.merge(
                        Kind.of(resource), thousandths(resource.getScalar().getValue()), Long::sum);
            } else {
                ports = ports.plus(FakePorts.of(resource.getRanges()));
            }
        }
        scalars.values().removeIf(value -> value == 0);
        return new FakeResources(scalars, ports);
    }

    static FakeResources of(Map<String, Long> thousandths) {
        LinkedHashMap<Kind, Long> scalars = new LinkedHashMap<>();
        thousandths.forEach((name, value) -> scalars.put(Kind.plain(name), value));
        return new FakeResources(scalars, FakePorts.NONE);
    }

    static FakeResources of(Kind kind, long thousandths) {
        LinkedHashMap<Kind, Long> one = new LinkedHashMap<>();
        one.put(kind, thousandths);
        return new FakeResources(one, FakePorts.NONE);
    }

    /** The scalars of these names. */
    FakeResources only(Set<String> names) {
        LinkedHashMap<Kind, Long> few = new LinkedHashMap<>(scalars);
        few.keySet().removeIf(kind -> !names.contains(kind.name()));
        return new FakeResources(few, FakePorts.NONE);
    }

    /** What may be offered to a role: what nobody has reserved, and what was reserved for it. */
    FakeResources of(String role) {
        LinkedHashMap<Kind, Long> few = new LinkedHashMap<>(scalars);
        few.keySet().removeIf(kind -> !kind.goesTo(role));
        return new FakeResources(few, ports);
    }

    /** What was reserved, by whom ever. */
    FakeResources reserved() {
        LinkedHashMap<Kind, Long> few = new LinkedHashMap<>(scalars);
        few.keySet().removeIf(Kind::free);
        return new FakeResources(few, FakePorts.NONE);
    }

    Map<Kind, Long> scalars() {
        return scalars;
    }

    FakeResources plus(FakeResources other) {
        LinkedHashMap<Kind, Long> sum = new LinkedHashMap<>(scalars);
        other.scalars.forEach((kind, value) -> sum.merge(kind, value, Long::sum));
        return new FakeResources(sum, ports.plus(other.ports));
    }

    FakeResources minus(FakeResources other) {
        LinkedHashMap<Kind, Long> rest = new LinkedHashMap<>(scalars);
        other.scalars.forEach((kind, value) -> rest.merge(kind, -value, Long::sum));
        rest.values().removeIf(value -> value == 0);
        return new FakeResources(rest, ports.minus(other.ports));
    }

    /** At most so much of each name that is limited; what is reserved stays whole. */
    FakeResources within(Map<String, Long> left) {
        LinkedHashMap<Kind, Long> cut = new LinkedHashMap<>(scalars);
        left.forEach((name, value) ->
                cut.computeIfPresent(Kind.plain(name), (key, had) -> Math.min(had, Math.max(0, value))));
        cut.values().removeIf(value -> value == 0);
        return new FakeResources(cut, ports);
    }

    boolean covers(FakeResources other) {
        return other.ports.minus(ports).isEmpty()
                && other.scalars.entrySet().stream()
                        .allMatch(entry -> scalars.getOrDefault(entry.getKey(), 0L) >= entry.getValue());
    }

    /** Whether there is a processor or memory in it; disk and ports alone are offered to nobody. */
    boolean worthOffering() {
        return scalars.keySet().stream()
                .anyMatch(kind -> kind.name().equals("cpus") || kind.name().equals("mem"));
    }

    long amount(String name) {
        long sum = 0;
        for (Map.Entry<Kind, Long> each : scalars.entrySet()) {
            sum += each.getKey().name().equals(name) ? each.getValue() : 0;
        }
        return sum;
    }

    List<Resource> toProto(String role) {
        List<Resource> list = new ArrayList<>();
        if (!ports.isEmpty()) {
            Value.Ranges.Builder ranges = Value.Ranges.newBuilder();
            for (FakePorts.Span span : ports.spans()) {
                ranges.addRange(Value.Range.newBuilder().setBegin(span.first()).setEnd(span.last()));
            }
            list.add(allocated(
                    role,
                    Resource.newBuilder()
                            .setName("ports")
                            .setType(Value.Type.RANGES)
                            .setRanges(ranges)));
        }
        for (String name : NAMES) {
            scalars.forEach((kind, value) -> {
                if (kind.name().equals(name)) {
                    list.add(allocated(role, one(kind, value)));
                }
            });
        }
        return list;
    }

    private static Resource.Builder one(Kind kind, long value) {
        Resource.Builder resource = Resource.newBuilder()
                .setName(kind.name())
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(value / 1000.0))
                .addAllReservations(kind.reservations());
        return kind.volume() ? resource.setDisk(kind.disk()) : resource;
    }

    private static Resource allocated(String role, Resource.Builder resource) {
        if (!role.isEmpty()) {
            resource.setAllocationInfo(Resource.AllocationInfo.newBuilder().setRole(role));
        }
        return resource.build();
    }

    /** As Mesos writes it in messages: {@code cpus(allocated: a):1; ports(allocated: a):[1-2]}. */
    String text(String role) {
        List<String> parts = new ArrayList<>();
        String allocated = role.isEmpty() ? "" : "(allocated: " + role + ")";
        for (String name : NAMES) {
            scalars.forEach((kind, thousandths) -> {
                if (kind.name().equals(name)) {
                    double value = thousandths / 1000.0;
                    parts.add(kind.text(allocated) + ":"
                            + (value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value)));
                }
            });
        }
        if (!ports.isEmpty()) {
            List<String> ranges = new ArrayList<>();
            ports.spans().forEach(span -> ranges.add(span.first() + "-" + span.last()));
            parts.add("ports" + allocated + ":[" + String.join(", ", ranges) + "]");
        }
        return String.join("; ", parts);
    }
}
