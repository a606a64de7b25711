package dev.slipway.registry.access;

/**
 * Somebody as the registry knows them: a text that the ports' implementation understands.
 *
 * @param subject stable and unique, such as {@code person:0190…}; empty for nobody in particular
 */
public record RegistryPrincipal(String subject) {
    /** Somebody who did not say who they are. */
    public static final RegistryPrincipal ANONYMOUS = new RegistryPrincipal("");

    /** True for {@link #ANONYMOUS}. */
    public boolean anonymous() {
        return subject.isEmpty();
    }
}
