package dev.slipway.tenancy.tenant;

/** The account made for a new installation, with the password in plain text: shown once, kept nowhere. */
public record FirstAdmin(Account account, String password) {
    @Override
    public String toString() {
        return "FirstAdmin[account=" + account.name() + "]";
    }
}
