package dev.slipway.web.app;

import dev.slipway.platform.command.ProcessFacts;
import dev.slipway.platform.command.ProcessFacts.InstanceFacts;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The instances of an app in one site. */
public record SiteGroup(String site, List<InstanceFacts> instances) {
    static List<SiteGroup> of(List<ProcessFacts> processes) {
        return processes.stream()
                .flatMap(process -> process.instances().stream())
                .collect(Collectors.groupingBy(InstanceFacts::site, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> new SiteGroup(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** How many of them answer their health check. */
    public long healthy() {
        return instances.stream().filter(some -> some.state().equals("healthy")).count();
    }
}
