package dev.slipway.web.page;

import java.util.List;

/** The paths of the same port that are not pages: API, git, registry, health and figures. */
final class OtherDoors {
    private static final List<String> NAMES = List.of("/api", "/scim", "/hooks", "/git", "/v2", "/q");

    private OtherDoors() {}

    static boolean owns(String path) {
        return NAMES.stream().anyMatch(name -> path.equals(name) || path.startsWith(name + "/"));
    }
}
