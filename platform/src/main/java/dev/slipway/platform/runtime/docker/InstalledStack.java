package dev.slipway.platform.runtime.docker;

import dev.slipway.buildpacks.sandbox.StackName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Which stack this installation builds on. The file {@code name} beside the run image says exactly which, so that another
 * installation that makes another version of it on the same engine does not change what this one builds with.
 */
@ApplicationScoped
class InstalledStack {
    private static final StackName USUAL = StackName.parse("slipway:1");

    @Produces
    @Singleton
    StackName name(
            SandboxSettings settings,
            @ConfigProperty(name = "slipway.stack.directory") Optional<Path> directory,
            @ConfigProperty(name = "slipway.home") Path home) {
        return settings.stack().map(StackName::parse).orElseGet(() -> named(directory.orElse(home.resolve("stack"))));
    }

    /** What the stack's directory says, else the usual name. */
    static StackName named(Path directory) {
        Path file = directory.resolve("name");
        try {
            return Files.exists(file) ? StackName.parse(Files.readString(file).strip()) : USUAL;
        } catch (IOException cause) {
            throw new UncheckedIOException("read the stack's name in " + file, cause);
        }
    }
}
