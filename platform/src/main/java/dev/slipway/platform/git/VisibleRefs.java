package dev.slipway.platform.git;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.Ref;

/** The refs a client may see: all but the platform's own. */
final class VisibleRefs {
    private VisibleRefs() {}

    static Map<String, Ref> of(Map<String, Ref> refs) {
        Map<String, Ref> visible = new HashMap<>(refs);
        visible.keySet().removeIf(name -> name.startsWith(DeployedRefs.HIDDEN));
        return visible;
    }
}
