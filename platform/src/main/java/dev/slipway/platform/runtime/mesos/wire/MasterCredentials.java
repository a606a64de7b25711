package dev.slipway.platform.runtime.mesos.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What is shown to a master or agent that wants to know who is asking. Secrets are never printed. */
public sealed interface MasterCredentials {

    /** Value of the Authorization header, if one is sent. */
    Optional<String> header();

    /** The principal a framework must name, if it is known. */
    Optional<String> principal();

    /** The cluster asks nobody. */
    record None() implements MasterCredentials {
        @Override
        public Optional<String> header() {
            return Optional.empty();
        }

        @Override
        public Optional<String> principal() {
            return Optional.empty();
        }
    }

    /** HTTP Basic: a principal and its secret. */
    record Basic(String name, String secret) implements MasterCredentials {
        @Override
        public Optional<String> header() {
            byte[] pair = (name + ":" + secret).getBytes(StandardCharsets.UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
        }

        @Override
        public Optional<String> principal() {
            return Optional.of(name);
        }

        @Override
        public String toString() {
            return "Basic[name=" + name + "]";
        }
    }

    /** A bearer token, as DC/OS and Mesos' JWT authenticator take it. */
    record Bearer(String token) implements MasterCredentials {
        public Bearer {
            if (token.isBlank() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw new IllegalArgumentException("A bearer token is one word of printable ASCII");
            }
        }

        @Override
        public Optional<String> header() {
            return Optional.of("Bearer " + token);
        }

        @Override
        public Optional<String> principal() {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return "Bearer[]";
        }
    }
}
