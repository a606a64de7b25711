package dev.slipway.buildpacks.layer;

/**
 * Whose the files of a layer are in the image.
 *
 * @param uid user
 * @param gid group
 */
public record LayerOwner(int uid, int gid) {

    private static final LayerOwner USUAL = new LayerOwner(1000, 1000);

    /**
     * Reads the {@code User} of an image configuration.
     *
     * @param user {@code uid} or {@code uid:gid}; a name or nothing gives 1000:1000
     */
    public static LayerOwner parse(String user) {
        String[] parts = user.split(":", -1);
        try {
            int uid = Integer.parseInt(parts[0]);
            return new LayerOwner(uid, parts.length > 1 ? Integer.parseInt(parts[1]) : uid);
        } catch (NumberFormatException e) {
            return USUAL;
        }
    }
}
