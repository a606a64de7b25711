package dev.slipway.tenancy.tenant;

import dev.slipway.tenancy.access.Reach;
import dev.slipway.tenancy.access.Scopes;
import dev.slipway.tenancy.identity.InvalidNameException;
import dev.slipway.tenancy.identity.UserId;
import java.time.Duration;
import java.util.Optional;

/**
 * A token that is asked for.
 *
 * @param holder the person it acts for; empty for a robot
 * @param name 1 to 60 characters, to tell tokens apart
 * @param life how long it lives; the installation's usual life if empty
 */
public record TokenRequest(Optional<UserId> holder, String name, Scopes scopes, Reach reach, Optional<Duration> life) {
    private static final int LONGEST_NAME = 60;

    public TokenRequest {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidNameException(
                    "token name", name, "A token's name has 1 to " + LONGEST_NAME + " characters on one line.");
        }
        if (holder.isEmpty() && reach.tenant().isEmpty()) {
            throw new InvalidNameException("token", name, "A robot's token belongs to a tenant or an app: say which.");
        }
    }

    /** A token that acts for a person, wherever they may go. */
    public static TokenRequest personal(UserId holder, String name, Scopes scopes) {
        return new TokenRequest(Optional.of(holder), name, scopes, Reach.everywhere(), Optional.empty());
    }

    /** A token that belongs to a tenant or an app. */
    public static TokenRequest robot(String name, Scopes scopes, Reach reach) {
        return new TokenRequest(Optional.empty(), name, scopes, reach, Optional.empty());
    }

    public TokenRequest withReach(Reach narrower) {
        return new TokenRequest(holder, name, scopes, narrower, life);
    }

    public TokenRequest withLife(Duration time) {
        return new TokenRequest(holder, name, scopes, reach, Optional.of(time));
    }
}
