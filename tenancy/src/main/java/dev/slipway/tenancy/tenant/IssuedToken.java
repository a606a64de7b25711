package dev.slipway.tenancy.tenant;

/** A new token with its text, which is shown once and kept nowhere. */
public record IssuedToken(Token token, String plainText) {
    @Override
    public String toString() {
        return "IssuedToken[token=" + token.id() + "]";
    }
}
