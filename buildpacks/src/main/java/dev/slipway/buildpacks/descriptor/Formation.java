package dev.slipway.buildpacks.descriptor;

/**
 * How a process type starts in a new app.
 *
 * @param quantity number of instances
 */
public record Formation(int quantity) {

    private static final int MOST = 1000;

    static Formation read(String type, LocatedJson formation) throws DescriptorException {
        return new Formation(formation.object().get("quantity").numberOr(1, 0, MOST));
    }
}
