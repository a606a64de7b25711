package dev.slipway.platform.ssh;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Settings {@code slipway.ssh.*}. */
@ConfigMapping(prefix = "slipway.ssh")
public interface SshSettings {
    /** Whether this process serves ssh. */
    @WithDefault("true")
    boolean enabled();

    /** The address to listen on. */
    @WithDefault("0.0.0.0")
    String host();

    /** The port to listen on; 0 takes a free one. */
    @WithDefault("2222")
    int port();

    /** The host key, made when it does not exist. Several processes behind one name need the same. */
    @WithDefault("${slipway.home:${user.home}/.slipway}/ssh/host-ed25519")
    Path hostKey();

    /** The most connections at once. */
    @WithDefault("500")
    int maxSessions();

    /** The most keys one connection may offer. */
    @WithDefault("20")
    int maxSignInTries();

    /** How long a connection may take to sign in. */
    @WithDefault("30s")
    Duration signInTimeout();

    /** How long a signed-in connection may be silent. */
    @WithDefault("1h")
    Duration idleTimeout();

    /** How often a silent connection is asked for a sign of life; keeps routers on the way from forgetting it. */
    @WithDefault("30s")
    Duration heartbeat();
}
