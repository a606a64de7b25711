package dev.slipway.tenancy.tenant;

import dev.slipway.tenancy.access.Principal;
import java.time.Duration;

/** What became of an attempt to sign in by password. */
public sealed interface SignIn {
    /** The password is right. */
    record SignedIn(Principal.Person person) implements SignIn {}

    /** Name or password is wrong, or the account is disabled; it is not said which. */
    record Refused(String sentence) implements SignIn {}

    /** Too many failures: the password was not looked at. */
    record Locked(Duration left, String sentence) implements SignIn {}
}
