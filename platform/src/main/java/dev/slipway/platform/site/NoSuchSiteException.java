package dev.slipway.platform.site;

/** There is no site of this name. */
public final class NoSuchSiteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;

    public NoSuchSiteException(String name) {
        super("There is no site " + name + "; sites lists them");
        this.name = name;
    }

    /** The name that was asked for. */
    public String name() {
        return name;
    }
}
