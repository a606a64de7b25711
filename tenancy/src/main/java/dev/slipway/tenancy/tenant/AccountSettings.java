package dev.slipway.tenancy.tenant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the tenant room: accounts and tokens. */
@ConfigMapping(prefix = "slipway.accounts")
public interface AccountSettings {
    /** {@code slipway.accounts.password-iterations}: rounds of PBKDF2-HMAC-SHA512; old passwords follow at sign-in. */
    @WithDefault("210000")
    int passwordIterations();

    /** {@code slipway.accounts.password-shortest}: characters that a password has at least. */
    @WithDefault("10")
    int passwordShortest();

    /** {@code slipway.accounts.free-failures}: wrong passwords in a row for a name before it is locked for a while. */
    @WithDefault("5")
    int freeFailures();

    /** {@code slipway.accounts.free-address-failures}: wrong passwords, tokens and keys of an address in a minute. */
    @WithDefault("50")
    int freeAddressFailures();

    /** {@code slipway.accounts.longest-lock}: locks of names and addresses double up to this. */
    @WithDefault("PT15M")
    Duration longestLock();

    /** {@code slipway.accounts.token-life}: how long a token lives if nothing else is asked for. */
    @WithDefault("P90D")
    Duration tokenLife();

    /** {@code slipway.accounts.token-longest-life}: how long a token may live at most. */
    @WithDefault("P366D")
    Duration tokenLongestLife();
}
