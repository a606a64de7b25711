package dev.slipway.bench.placement;

import com.netflix.fenzo.ConstraintEvaluator;
import com.netflix.fenzo.SchedulingResult;
import com.netflix.fenzo.TaskRequest;
import com.netflix.fenzo.TaskScheduler;
import com.netflix.fenzo.VMTaskFitnessCalculator;
import com.netflix.fenzo.VirtualMachineLease;
import com.netflix.fenzo.plugins.BalancedHostAttrConstraint;
import com.netflix.fenzo.plugins.BinPackingFitnessCalculators;
import com.netflix.fenzo.plugins.UniqueHostAttrConstraint;
import com.netflix.fenzo.plugins.VMLeaseObject;
import dev.slipway.platform.placement.Demand;
import dev.slipway.platform.placement.Offer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.mesos.Protos;

/** The same input for Netflix Fenzo, the placement library of Mesos frameworks. */
final class Fenzo {
    private Fenzo() {}

    record Result(double seconds, int placed, int nodes) {}

    static Result run(Input input, String policy) {
        TaskScheduler scheduler = new TaskScheduler.Builder()
                .withLeaseOfferExpirySecs(1_000_000)
                .withLeaseRejectAction(lease -> {})
                .withFitnessCalculator(BinPackingFitnessCalculators.cpuMemBinPacker)
                .disableShortfallEvaluation()
                .build();
        List<VirtualMachineLease> leases = input.offers.stream().map(Fenzo::lease).toList();
        Map<String, Set<String>> apps = new HashMap<>();
        List<TaskRequest> tasks = new ArrayList<>();
        for (Demand demand : input.demands) {
            apps.computeIfAbsent(demand.app(), key -> new HashSet<>()).add(demand.name());
            tasks.add(new Task(demand, policy, apps));
        }
        long begun = System.nanoTime();
        SchedulingResult result = scheduler.scheduleOnce(tasks, new ArrayList<>(leases));
        double seconds = (System.nanoTime() - begun) / 1e9;
        int placed = result.getResultMap().values().stream()
                .mapToInt(on -> on.getTasksAssigned().size())
                .sum();
        int nodes = result.getResultMap().size();
        scheduler.shutdown();
        return new Result(seconds, placed, nodes);
    }

    private static VirtualMachineLease lease(Offer offer) {
        Protos.Offer.Builder lease = Protos.Offer.newBuilder()
                .setId(Protos.OfferID.newBuilder().setValue("o-" + offer.node()))
                .setFrameworkId(Protos.FrameworkID.newBuilder().setValue("f"))
                .setSlaveId(Protos.SlaveID.newBuilder().setValue("s-" + offer.node()))
                .setHostname(offer.node())
                .addResources(scalar("cpus", Input.CPU / 1000.0))
                .addResources(scalar("mem", Input.MEMORY_MB));
        offer.attributes().forEach((name, value) -> lease.addAttributes(Protos.Attribute.newBuilder()
                .setName(name)
                .setType(Protos.Value.Type.TEXT)
                .setText(Protos.Value.Text.newBuilder().setValue(value))));
        return new VMLeaseObject(lease.build());
    }

    private static Protos.Resource scalar(String name, double value) {
        return Protos.Resource.newBuilder()
                .setName(name)
                .setType(Protos.Value.Type.SCALAR)
                .setScalar(Protos.Value.Scalar.newBuilder().setValue(value))
                .build();
    }

    private static final class Task implements TaskRequest {
        private final Demand demand;
        private final List<ConstraintEvaluator> hard;
        private final List<VMTaskFitnessCalculator> soft;
        private AssignedResources assigned;

        Task(Demand demand, String policy, Map<String, Set<String>> apps) {
            this.demand = demand;
            hard = policy.equals("apart")
                    ? List.of(new UniqueHostAttrConstraint(id -> apps.get(demand.app())))
                    : List.of();
            soft = policy.equals("racks")
                    ? List.of(new BalancedHostAttrConstraint(id -> apps.get(demand.app()), "rack", Input.RACKS)
                            .asSoftConstraint())
                    : List.of();
        }

        @Override
        public String getId() {
            return demand.name();
        }

        @Override
        public String taskGroupName() {
            return demand.app();
        }

        @Override
        public double getCPUs() {
            return demand.cpuMillis() / 1000.0;
        }

        @Override
        public double getMemory() {
            return demand.memoryBytes() >> 20;
        }

        @Override
        public double getNetworkMbps() {
            return 0;
        }

        @Override
        public double getDisk() {
            return 0;
        }

        @Override
        public int getPorts() {
            return 0;
        }

        @Override
        public Map<String, Double> getScalarRequests() {
            return Map.of();
        }

        @Override
        public Map<String, NamedResourceSetRequest> getCustomNamedResources() {
            return Map.of();
        }

        @Override
        public List<? extends ConstraintEvaluator> getHardConstraints() {
            return hard;
        }

        @Override
        public List<? extends VMTaskFitnessCalculator> getSoftConstraints() {
            return soft;
        }

        @Override
        public void setAssignedResources(AssignedResources resources) {
            assigned = resources;
        }

        @Override
        public AssignedResources getAssignedResources() {
            return assigned;
        }
    }
}
