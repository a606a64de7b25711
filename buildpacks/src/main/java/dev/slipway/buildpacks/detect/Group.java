package dev.slipway.buildpacks.detect;

import java.util.List;

/**
 * Buildpacks that build together, in order.
 *
 * @param members at least one
 */
public record Group(List<Member> members) {

    /**
     * A place in a group.
     *
     * @param id the buildpack
     * @param optional whether the group also fits without it
     */
    public record Member(String id, boolean optional) {}

    public Group {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("A group of buildpacks needs at least one buildpack");
        }
    }
}
