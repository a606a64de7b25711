package dev.slipway.registry.access;

/** Who makes a request, by how they showed it. */
public sealed interface Caller {
    /** They showed nothing. */
    record Nobody() implements Caller {}

    /** They showed a name and a password, which were right. */
    record ByPassword(RegistryPrincipal principal) implements Caller {}

    /** They showed a token of ours. */
    record ByToken(AccessToken token) implements Caller {}

    /** Who it is. */
    default RegistryPrincipal principal() {
        return switch (this) {
            case Nobody nobody -> RegistryPrincipal.ANONYMOUS;
            case ByPassword password -> password.principal();
            case ByToken token -> token.token().principal();
        };
    }
}
