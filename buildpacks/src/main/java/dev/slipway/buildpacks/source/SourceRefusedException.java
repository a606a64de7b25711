package dev.slipway.buildpacks.source;

import java.io.IOException;

/** A source tree holds something that is not built: a dangerous name, or too much of everything. */
public class SourceRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final String reason;

    /**
     * Makes the exception from its parts.
     *
     * @param path the entry of the tree, as it was given
     * @param reason a sentence for the developer
     */
    public SourceRefusedException(String path, String reason) {
        super("Tried to write " + path + " of the source tree: " + reason);
        this.path = path;
        this.reason = reason;
    }

    /** The entry of the tree, as it was given. */
    public String path() {
        return path;
    }

    /** A sentence for the developer. */
    public String reason() {
        return reason;
    }
}
