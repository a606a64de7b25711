package dev.slipway.platform.git;

/** Decides whether a symbolic link in a source tree can only lead into the tree. */
final class LinkTarget {
    private LinkTarget() {}

    /**
     * Whether a link stays inside, whatever the other links are. Only leading {@code ..} are allowed: they climb through real
     * directories, whereas {@code x/..} may climb out through a link {@code x}.
     *
     * @param path where the link lies, slash-separated, relative to the tree's root
     * @param destination what it says
     */
    static boolean staysInside(String path, String destination) {
        if (destination.isEmpty() || destination.startsWith("/") || destination.indexOf('\0') >= 0) {
            return false;
        }
        long climbable = path.chars().filter(c -> c == '/').count();
        boolean down = false;
        for (String part : destination.split("/")) {
            if (part.equals("..")) {
                climbable--;
                if (down || climbable < 0) {
                    return false;
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                down = true;
            }
        }
        return true;
    }
}
