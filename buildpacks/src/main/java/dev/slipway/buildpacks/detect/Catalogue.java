package dev.slipway.buildpacks.detect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.buildpacks.descriptor.DescriptorException;
import dev.slipway.buildpacks.descriptor.Toml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The buildpacks of an installation and the order in which groups of them are tried.
 *
 * @param buildpacks by id
 * @param order groups, best first
 */
public record Catalogue(Map<String, Buildpack> buildpacks, List<Group> order) {

    public Catalogue {
        buildpacks = java.util.Collections.unmodifiableMap(new TreeMap<>(buildpacks));
        order = List.copyOf(order);
        for (Group group : order) {
            for (Group.Member member : group.members()) {
                if (!buildpacks.containsKey(member.id())) {
                    throw new IllegalArgumentException("The order names a buildpack that is not there: " + member.id());
                }
            }
        }
    }

    /**
     * Reads a directory with one sub-directory per buildpack and {@code order.toml}.
     *
     * @param directory for example {@code buildpacks/bundled}
     */
    public static Catalogue load(Path directory) throws IOException, DescriptorException {
        Map<String, Buildpack> found = new TreeMap<>();
        try (Stream<Path> children = Files.list(directory)) {
            for (Path child : children.sorted().toList()) {
                Path file = child.resolve("buildpack.toml");
                if (Files.isRegularFile(file)) {
                    Buildpack buildpack = Buildpack.parse(child.getFileName().toString(), Files.readString(file));
                    found.put(buildpack.id(), buildpack);
                }
            }
        }
        return new Catalogue(found, order(Files.readString(directory.resolve("order.toml"))));
    }

    private static List<Group> order(String text) throws DescriptorException {
        List<Group> groups = new ArrayList<>();
        for (JsonNode table : Toml.tables("order.toml", Toml.parse("order.toml", text), "order")) {
            List<Group.Member> members = new ArrayList<>();
            for (JsonNode member : Toml.tables("order.toml", table, "group")) {
                members.add(new Group.Member(
                        Toml.text("order.toml", member, "id"), Toml.flag("order.toml", member, "optional")));
            }
            groups.add(new Group(members));
        }
        return groups;
    }

    /**
     * The buildpacks that a project names itself, as the only group.
     *
     * @param ids in order
     * @return empty if one of them is not in this catalogue
     */
    public Optional<Catalogue> only(List<String> ids) {
        if (!buildpacks.keySet().containsAll(ids)) {
            return Optional.empty();
        }
        List<Group.Member> members =
                ids.stream().map(id -> new Group.Member(id, false)).toList();
        return Optional.of(new Catalogue(buildpacks, List.of(new Group(members))));
    }

    /** Every buildpack that occurs in the order, once, in order of first occurrence. */
    public List<Buildpack> candidates() {
        return order.stream()
                .flatMap(group -> group.members().stream())
                .map(Group.Member::id)
                .distinct()
                .map(id -> java.util.Objects.requireNonNull(buildpacks.get(id)))
                .toList();
    }
}
