package dev.slipway.buildpacks.image;

import dev.slipway.buildpacks.layer.LayerBlob;
import dev.slipway.buildpacks.layer.LayerWriter;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageConfig;
import dev.slipway.registry.oci.ImageManifest;
import dev.slipway.registry.oci.LaunchConfig;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.repository.Registry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts an app image into the registry. The image depends on its layers, launch plan and labels alone: the same input
 * gives the same digest, so its time of creation is a fixed one.
 */
public final class ImageWriter {

    private static final Instant CREATED = Instant.parse("1980-01-01T00:00:01Z");
    private static final String PATH = "PATH=";
    private static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Registry registry;
    private final LayerWriter layers;

    /**
     * Prepares to write.
     *
     * @param registry where the image goes
     * @param layers writes the launcher's layer
     */
    public ImageWriter(Registry registry, LayerWriter layers) {
        this.registry = registry;
        this.layers = layers;
    }

    /**
     * Writes layers, configuration and manifest.
     *
     * @param repository where the image goes
     */
    public WrittenImage write(RepositoryName repository, AppImage app) throws IOException {
        List<LayerBlob> all = new ArrayList<>(app.base().layers());
        all.addAll(app.layers());
        all.add(layers.write(LaunchScript.layer(app.launch())));
        all.addAll(app.source());
        int added = 0;
        long newBytes = 0;
        for (LayerBlob layer : all) {
            Digest digest = layer.descriptor().digest();
            if (registry.promiseBlob(repository, digest).isEmpty()) {
                added++;
                newBytes += layer.descriptor().size();
                registry.linkBlob(repository, digest);
            }
        }
        Descriptor config =
                registry.blobs().write(MediaType.OCI_CONFIG, config(app, all).toBytes());
        registry.linkBlob(repository, config.digest());
        byte[] manifest = ImageManifest.of(
                        config, all.stream().map(LayerBlob::descriptor).toList())
                .toBytes();
        Digest digest = registry.putManifest(repository, Digest.sha256(manifest), MediaType.OCI_MANIFEST, manifest);
        long bytes = all.stream().mapToLong(layer -> layer.descriptor().size()).sum();
        return new WrittenImage(digest, bytes, all.size(), added, newBytes);
    }

    private static ImageConfig config(AppImage app, List<LayerBlob> all) {
        LaunchConfig base = app.base().config().launch();
        Map<String, String> labels = new TreeMap<>(base.labels());
        labels.putAll(app.labels());
        List<String> arguments =
                app.launch().defaultType().map(LaunchPlan::command).orElse(List.of());
        LaunchConfig launch = base.withEnvironment(environment(base.environment(), app.launch()))
                .withCommand(List.of(LaunchPlan.LAUNCHER), arguments)
                .withWorkingDirectory("/workspace")
                .withLabels(labels);
        return new ImageConfig(
                app.base().config().platform(),
                Optional.of(CREATED),
                launch,
                all.stream().map(LayerBlob::diffId).toList(),
                List.of());
    }

    /** The search path of programs is in the configuration too, for commands that do not go through the launcher. */
    private static List<String> environment(List<String> base, LaunchPlan launch) {
        List<String> result = new ArrayList<>();
        String path = USUAL_PATH;
        for (String variable : base) {
            if (variable.startsWith(PATH)) {
                path = variable.substring(PATH.length());
            } else {
                result.add(variable);
            }
        }
        for (EnvironmentChange change : launch.environment()) {
            if (change.name().equals("PATH") && change.action() == EnvironmentChange.Action.PREPEND) {
                path = change.value() + ":" + path;
            }
        }
        result.add(PATH + path);
        return result;
    }
}
