package dev.slipway.platform.runtime;

/**
 * What a runtime shows to the registry when it pulls an image.
 *
 * @param user account name
 * @param password its password or token; never logged
 */
public record PullCredentials(String user, String password) {

    /** Names the account only. */
    @Override
    public String toString() {
        return "PullCredentials[user=" + user + "]";
    }
}
