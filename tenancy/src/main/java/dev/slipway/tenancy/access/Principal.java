package dev.slipway.tenancy.access;

import dev.slipway.tenancy.identity.UserId;
import java.util.Optional;

/** Who asks. It carries no rights: the {@link Authorizer} reads those afresh at each door. */
public sealed interface Principal {
    /** A short text for audit and logs, for example {@code person:ada}. */
    String label();

    /** The token it came with, if it did. */
    Optional<TokenPass> pass();

    /**
     * A person with an account.
     *
     * @param operator what the account said at sign-in, to show; decisions read the account again
     */
    record Person(UserId id, String name, boolean operator, Optional<TokenPass> pass) implements Principal {
        /** A person who signed in by password, key or identity provider. */
        public Person(UserId id, String name, boolean operator) {
            this(id, name, operator, Optional.empty());
        }

        @Override
        public String label() {
            return "person:" + name;
        }
    }

    /** A token that belongs to a tenant or an app rather than to a person. */
    record Robot(String name, TokenPass token) implements Principal {
        public Robot {
            if (token.reach().tenant().isEmpty()) {
                throw new IllegalArgumentException("A robot is bound to a tenant: robot=" + name);
            }
        }

        @Override
        public Optional<TokenPass> pass() {
            return Optional.of(token);
        }

        @Override
        public String label() {
            return "robot:" + token.reach() + ":" + name;
        }
    }

    /** The platform acting by itself, for example the reconciler. It may do everything; no wire can make one. */
    record PlatformProcess(String name) implements Principal {
        @Override
        public Optional<TokenPass> pass() {
            return Optional.empty();
        }

        @Override
        public String label() {
            return "platform:" + name;
        }
    }
}
