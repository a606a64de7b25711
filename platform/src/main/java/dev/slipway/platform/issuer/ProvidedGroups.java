package dev.slipway.platform.issuer;

import java.util.Set;

/** Port: the groups into which a provider wrote somebody by itself; they count beside those that its tokens name. */
public interface ProvidedGroups {
    /** By the address of the provider and the subject there; none if it wrote nothing. */
    Set<String> of(String address, String subject);
}
