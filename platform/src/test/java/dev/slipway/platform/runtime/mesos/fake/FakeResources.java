package dev.slipway.platform.runtime.mesos.fake;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Value;

/** An amount of resources: scalars in thousandths, as Mesos keeps them, and a set of ports. */
final class FakeResources {
    static final FakeResources NONE = new FakeResources(new TreeMap<>(), new BitSet());

    private final TreeMap<String, Long> scalars;
    private final BitSet ports;

    private FakeResources(TreeMap<String, Long> scalars, BitSet ports) {
        this.scalars = scalars;
        this.ports = ports;
    }

    static FakeResources of(double cpus, double mem, double disk, int firstPort, int lastPort) {
        TreeMap<String, Long> scalars = new TreeMap<>();
        scalars.put("cpus", thousandths(cpus));
        scalars.put("mem", thousandths(mem));
        scalars.put("disk", thousandths(disk));
        BitSet ports = new BitSet();
        ports.set(firstPort, lastPort + 1);
        return new FakeResources(scalars, ports);
    }

    FakeResources with(String name, double value) {
        TreeMap<String, Long> more = new TreeMap<>(scalars);
        more.put(name, thousandths(value));
        return new FakeResources(more, ports);
    }

    private static long thousandths(double value) {
        return Math.round(value * 1000);
    }

    static FakeResources of(List<Resource> resources) {
        TreeMap<String, Long> scalars = new TreeMap<>();
        BitSet ports = new BitSet();
        for (Resource resource : resources) {
            if (resource.getType() == Value.Type.SCALAR) {
                scalars.merge(
                        resource.getName(), thousandths(resource.getScalar().getValue()), Long::sum);
            } else {
                for (Value.Range range : resource.getRanges().getRangeList()) {
                    ports.set((int) range.getBegin(), (int) range.getEnd() + 1);
                }
            }
        }
        scalars.values().removeIf(value -> value == 0);
        return new FakeResources(scalars, ports);
    }

    static FakeResources of(Map<String, Long> thousandths) {
        return new FakeResources(new TreeMap<>(thousandths), new BitSet());
    }

    /** The scalars of these names. */
    FakeResources only(Set<String> names) {
        TreeMap<String, Long> few = new TreeMap<>(scalars);
        few.keySet().retainAll(names);
        return new FakeResources(few, new BitSet());
    }

    FakeResources plus(FakeResources other) {
        TreeMap<String, Long> sum = new TreeMap<>(scalars);
        other.scalars.forEach((name, value) -> sum.merge(name, value, Long::sum));
        BitSet both = (BitSet) ports.clone();
        both.or(other.ports);
        return new FakeResources(sum, both);
    }

    FakeResources minus(FakeResources other) {
        TreeMap<String, Long> rest = new TreeMap<>(scalars);
        other.scalars.forEach((name, value) -> rest.merge(name, -value, Long::sum));
        rest.values().removeIf(value -> value <= 0);
        BitSet left = (BitSet) ports.clone();
        left.andNot(other.ports);
        return new FakeResources(rest, left);
    }

    /** Cuts scalars down to what is left of a limit, for the names the limit has. */
    FakeResources within(Map<String, Long> left) {
        TreeMap<String, Long> cut = new TreeMap<>(scalars);
        left.forEach((name, value) -> cut.computeIfPresent(name, (key, had) -> Math.min(had, Math.max(0, value))));
        cut.values().removeIf(value -> value == 0);
        return new FakeResources(cut, ports);
    }

    boolean covers(FakeResources other) {
        BitSet missing = (BitSet) other.ports.clone();
        missing.andNot(ports);
        return missing.isEmpty()
                && other.scalars.entrySet().stream()
                        .allMatch(entry -> scalars.getOrDefault(entry.getKey(), 0L) >= entry.getValue());
    }

    /** Whether there is a processor or memory in it; disk and ports alone are offered to nobody. */
    boolean worthOffering() {
        return scalars.containsKey("cpus") || scalars.containsKey("mem");
    }

    long amount(String name) {
        return scalars.getOrDefault(name, 0L);
    }

    List<Resource> toProto(String role) {
        List<Resource> list = new ArrayList<>();
        if (!ports.isEmpty()) {
            Value.Ranges.Builder ranges = Value.Ranges.newBuilder();
            for (int begin = ports.nextSetBit(0); begin >= 0; ) {
                int end = ports.nextClearBit(begin);
                ranges.addRange(Value.Range.newBuilder().setBegin(begin).setEnd(end - 1));
                begin = ports.nextSetBit(end);
            }
            list.add(allocated(
                    role,
                    Resource.newBuilder()
                            .setName("ports")
                            .setType(Value.Type.RANGES)
                            .setRanges(ranges)));
        }
        for (String name : List.of("cpus", "mem", "disk", "gpus")) {
            if (scalars.containsKey(name)) {
                list.add(allocated(
                        role,
                        Resource.newBuilder()
                                .setName(name)
                                .setType(Value.Type.SCALAR)
                                .setScalar(Value.Scalar.newBuilder().setValue(scalars.get(name) / 1000.0))));
            }
        }
        return list;
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
        for (String name : List.of("cpus", "mem", "disk", "gpus")) {
            if (scalars.containsKey(name)) {
                double value = scalars.get(name) / 1000.0;
                parts.add(name + allocated + ":"
                        + (value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value)));
            }
        }
        if (!ports.isEmpty()) {
            List<String> ranges = new ArrayList<>();
            for (int begin = ports.nextSetBit(0); begin >= 0; ) {
                int end = ports.nextClearBit(begin);
                ranges.add(begin + "-" + (end - 1));
                begin = ports.nextSetBit(end);
            }
            parts.add("ports" + allocated + ":[" + String.join(", ", ranges) + "]");
        }
        return String.join("; ", parts);
    }
}
