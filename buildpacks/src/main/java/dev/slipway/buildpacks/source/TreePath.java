package dev.slipway.buildpacks.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A path inside a source tree: relative, with {@code /} between names, none of them empty, {@code .} or {@code ..}.
 *
 * @param text the path
 */
record TreePath(String text) {

    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_PATH_BYTES = 4000;

    /**
     * Reads a path.
     *
     * @throws SourceRefusedException if the path could lead out of the tree or cannot be stored
     */
    static TreePath parse(String text) throws SourceRefusedException {
        if (text.isEmpty() || text.startsWith("/")) {
            throw new SourceRefusedException(text, "a path in a source tree is relative and not empty.");
        }
        if (text.indexOf('\0') >= 0) {
            throw new SourceRefusedException(text.replace('\0', '?'), "a path may not contain a zero byte.");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw new SourceRefusedException(
                    text.substring(0, 80) + "…", "the path is longer than " + MAX_PATH_BYTES + " bytes.");
        }
        for (String name : text.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                throw new SourceRefusedException(text, "a path may not contain empty names, '.' or '..'.");
            }
            if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
                throw new SourceRefusedException(text, "a name is longer than " + MAX_NAME_BYTES + " bytes.");
            }
        }
        return new TreePath(text);
    }

    /** The names from the top down. */
    List<String> names() {
        return List.of(text.split("/"));
    }

    /**
     * Tells whether a link here with this target stays inside the tree, judged by its text alone: a link that goes
     * through another link is judged by the name it goes through.
     */
    boolean keepsInside(String linkTarget) {
        if (linkTarget.isEmpty() || linkTarget.startsWith("/") || linkTarget.indexOf('\0') >= 0) {
            return false;
        }
        List<String> at = new ArrayList<>(names());
        at.removeLast();
        for (String name : linkTarget.split("/", -1)) {
            if (name.equals("..")) {
                if (at.isEmpty()) {
                    return false;
                }
                at.removeLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                at.add(name);
            }
        }
        return true;
    }
}
