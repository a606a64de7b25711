package dev.slipway.tenancy.secret;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Settings of the secret room. */
@ConfigMapping(prefix = "slipway.secret")
public interface SecretSettings {
    /** {@code slipway.secret.key-file}: the keys that seal; made at the first start. Lose it and sealed values are lost. */
    @WithDefault("${slipway.home:${user.home}/.slipway}/secret.keys")
    Path keyFile();
}
