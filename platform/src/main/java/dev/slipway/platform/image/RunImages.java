package dev.slipway.platform.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.buildpacks.sandbox.StackName;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageManifest;
import dev.slipway.registry.oci.Manifest;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import dev.slipway.registry.repository.Registry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Puts the stack's run image into the registry, so that app images are its layers and theirs, assembled without an
 * engine. Read from an OCI image layout (image-spec 1.1, image-layout.md) once for each version of it.
 */
@ApplicationScoped
class RunImages {
    private static final Logger LOG = Logger.getLogger(RunImages.class);

    private final Registry registry;
    private final ObjectMapper json;
    private final Path layout;
    private final StackName stack;

    RunImages(
            Registry registry,
            ObjectMapper json,
            StackName stack,
            @ConfigProperty(name = "slipway.stack.directory") Optional<Path> directory,
            @ConfigProperty(name = "slipway.home") Path home) {
        this.registry = registry;
        this.json = json;
        this.layout = directory.orElse(home.resolve("stack")).resolve("run.oci");
        this.stack = stack;
    }

    void start(@Observes @Priority(1400) StartupEvent event) {
        if (!Files.exists(layout.resolve("index.json"))) {
            LOG.warnf("no run image to build apps on; deploy/up makes it layout=%s", layout);
            return;
        }
        try {
            bring();
        } catch (IOException e) {
            LOG.errorf("run image cannot be read layout=%s reason=%s", layout, e.getMessage());
        }
    }

    private void bring() throws IOException {
        JsonNode entry = json.readTree(layout.resolve("index.json").toFile())
                .path("manifests")
                .path(0);
        Digest digest = Digest.parse(entry.path("digest").asText());
        MediaType mediaType = new MediaType(entry.path("mediaType").asText());
        RepositoryName repository = RepositoryName.of(stack.family(), "run");
        Tag tag = new Tag(stack.version());
        if (registry.resolve(repository, tag).filter(digest::equals).isPresent()) {
            return;
        }
        byte[] content = Files.readAllBytes(blob(digest));
        if (!(Manifest.parse(mediaType, content) instanceof ImageManifest image)) {
            throw new IOException(digest + " is no image manifest");
        }
        List<Descriptor> blobs = new ArrayList<>(image.layers());
        blobs.add(image.config());
        for (Descriptor descriptor : blobs) {
            try (InputStream in = Files.newInputStream(blob(descriptor.digest()))) {
                Digest written =
                        registry.blobs().write(descriptor.mediaType(), in).digest();
                if (!written.equals(descriptor.digest())) {
                    throw new IOException(descriptor.digest() + " has other content than its name says");
                }
            }
            registry.linkBlob(repository, descriptor.digest());
        }
        registry.putManifest(repository, tag, mediaType, content);
        LOG.infof("run image is in the registry repository=%s tag=%s digest=%s", repository, tag, digest);
    }

    private Path blob(Digest digest) {
        return layout.resolve("blobs").resolve(digest.algorithm().prefix()).resolve(digest.hex());
    }
}
