package dev.slipway.buildpacks.detect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.buildpacks.descriptor.Toml;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The requirements of a chosen group that have not been met yet, while its buildpacks build one after the other.
 *
 * @param open requirements in the order of the group
 */
public record BuildPlan(List<PlanOption.Requirement> open) {

    public BuildPlan {
        open = List.copyOf(open);
    }

    /** The plan before the first buildpack builds. */
    public static BuildPlan of(Resolution.Chosen chosen) {
        List<PlanOption.Requirement> all = new ArrayList<>();
        chosen.members().forEach(member -> all.addAll(member.option().requires()));
        return new BuildPlan(all);
    }

    /** The entries a buildpack can meet, as the TOML file it is given. */
    public String entriesFor(Resolution.Chosen.Member member) {
        ObjectNode root = Toml.table();
        ArrayNode entries = root.putArray("entries");
        for (PlanOption.Requirement requirement : open) {
            if (member.option().provides().contains(requirement.name())) {
                ObjectNode entry = entries.addObject();
                entry.put("name", requirement.name());
                entry.set("metadata", requirement.metadata());
            }
        }
        return entries.isEmpty() ? "" : Toml.write(root);
    }

    /**
     * The plan after a buildpack has built.
     *
     * @param member the buildpack
     * @param unmet names it says it did not meet
     */
    public BuildPlan after(Resolution.Chosen.Member member, Set<String> unmet) {
        return new BuildPlan(open.stream()
                .filter(entry -> !member.option().provides().contains(entry.name()) || unmet.contains(entry.name()))
                .toList());
    }
}
