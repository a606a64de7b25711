package dev.slipway.buildpacks.lifecycle;

import dev.slipway.buildpacks.descriptor.AppDescriptor;
import dev.slipway.buildpacks.descriptor.DescriptorException;
import dev.slipway.buildpacks.descriptor.Procfile;
import dev.slipway.buildpacks.descriptor.ProjectDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The descriptor files at the root of a source tree, read before anything is built so that a mistake in them costs no
 * time.
 *
 * @param procfile if there is one
 * @param app what {@code app.json} says
 * @param project what {@code project.toml} says
 * @param dockerfile whether there is a {@code Dockerfile}
 */
record Descriptors(Optional<Procfile> procfile, AppDescriptor app, ProjectDescriptor project, boolean dockerfile) {

    static final String DOCKERFILE = "Dockerfile";

    static Descriptors read(Path source) throws IOException, DescriptorException {
        Optional<String> procfile = SafeFile.text(source.resolve(Procfile.FILE));
        Optional<String> app = SafeFile.text(source.resolve(AppDescriptor.FILE));
        Optional<String> project = SafeFile.text(source.resolve(ProjectDescriptor.FILE));
        return new Descriptors(
                procfile.isPresent() ? Optional.of(Procfile.parse(procfile.get())) : Optional.empty(),
                app.isPresent() ? AppDescriptor.parse(app.get()) : AppDescriptor.NONE,
                project.isPresent() ? ProjectDescriptor.parse(project.get()) : ProjectDescriptor.NONE,
                SafeFile.text(source.resolve(DOCKERFILE)).isPresent());
    }

    /** Whether the engine builds this, rather than buildpacks. */
    boolean byDockerfile() {
        return dockerfile && project.buildpacks().isEmpty();
    }
}
