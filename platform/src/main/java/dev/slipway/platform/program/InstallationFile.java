package dev.slipway.platform.program;

import dev.slipway.platform.site.InstallationId;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Writes this installation's id to {@code SLIPWAY_HOME/installation}, so that what it left on an engine can be found and
 * removed when its database does not run any more.
 */
@ApplicationScoped
class InstallationFile {
    private static final int EARLY = 1000;

    private final InstallationId installation;
    private final Path file;

    InstallationFile(InstallationId installation, @ConfigProperty(name = "slipway.home") Path home) {
        this.installation = installation;
        this.file = home.resolve("installation");
    }

    void write(@Observes @Priority(EARLY) StartupEvent event) {
        Path draft = file.resolveSibling("installation.new");
        try {
            Files.writeString(draft, installation + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException cause) {
            throw new UncheckedIOException("write " + file, cause);
        }
    }
}
