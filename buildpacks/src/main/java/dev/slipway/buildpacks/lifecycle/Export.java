package dev.slipway.buildpacks.lifecycle;

import dev.slipway.buildpacks.descriptor.DescriptorException;
import dev.slipway.buildpacks.image.AppImage;
import dev.slipway.buildpacks.image.BaseImage;
import dev.slipway.buildpacks.image.EnvironmentChange;
import dev.slipway.buildpacks.image.LaunchPlan;
import dev.slipway.buildpacks.image.LaunchProcess;
import dev.slipway.buildpacks.layer.LayerBlob;
import dev.slipway.buildpacks.layer.LayerEntry;
import dev.slipway.buildpacks.layer.LayerTree;
import dev.slipway.buildpacks.layer.LayerWriter;
import dev.slipway.buildpacks.layer.Slices;
import dev.slipway.registry.oci.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Turns what the buildpacks left into the layers and the launch plan of an image (CNB buildpack API, export). */
final class Export {

    private static final String APP = "workspace";
    private static final int APP_MODE = 0755;

    private final LayerWriter writer;
    private final Optional<BaseImage> previous;
    private final ImageRecord previousRecord;

    private final List<LayerBlob> layers = new ArrayList<>();
    private final Map<String, LaunchProcess> processes = new LinkedHashMap<>();
    private final List<EnvironmentChange> environment = new ArrayList<>();
    private final Map<String, List<EnvironmentChange>> processEnvironment = new TreeMap<>();
    private final Map<String, String> labels = new TreeMap<>();
    private final List<List<String>> slices = new ArrayList<>();
    private final Map<String, Map<String, ImageRecord.LayerRecord>> records = new TreeMap<>();

    Export(LayerWriter writer, Optional<BaseImage> previous, ImageRecord previousRecord) {
        this.writer = writer;
        this.previous = previous;
        this.previousRecord = previousRecord;
    }

    /** A buildpack broke the rules of the API. */
    static final class RuleBroken extends Exception {
        private static final long serialVersionUID = 1L;

        private final String buildpack;

        RuleBroken(String buildpack, String problem) {
            super(problem);
            this.buildpack = buildpack;
        }

        String buildpack() {
            return buildpack;
        }
    }

    /** What the layer of this name consists of. */
    static List<LayerEntry> entries(BuildpackLayers buildpack, String layer) throws IOException {
        String path = buildpack.inside().substring(1) + "/" + layer;
        List<LayerEntry> entries = new ArrayList<>(LayerTree.parents(path));
        entries.addAll(LayerTree.of(buildpack.layer(layer), path));
        return entries;
    }

    /**
     * Exports.
     *
     * @param base the run image
     * @param app the app directory on the host
     * @return empty if no buildpack defined a process
     */
    Optional<AppImage> run(BaseImage base, Members members, Path app) throws IOException, RuleBroken {
        for (BuildpackLayers buildpack : members.layers()) {
            try {
                read(buildpack);
            } catch (DescriptorException e) {
                throw new RuleBroken(buildpack.buildpack().name(), String.valueOf(e.getMessage()));
            }
        }
        if (processes.isEmpty()) {
            return Optional.empty();
        }
        List<LayerEntry> entries = new ArrayList<>(LayerTree.of(app, APP));
        entries.set(0, new LayerEntry(APP, APP_MODE, new LayerEntry.Directory()));
        List<LayerBlob> source = new ArrayList<>();
        for (List<LayerEntry> slice : Slices.split(entries, slices)) {
            source.add(writer.write(slice));
        }
        labels.put(ImageRecord.LABEL, new ImageRecord(records).text());
        LaunchPlan launch = new LaunchPlan(processes, environment, processEnvironment);
        return Optional.of(new AppImage(base, layers, source, launch, labels));
    }

    private void read(BuildpackLayers buildpack) throws IOException, DescriptorException, RuleBroken {
        Map<String, ImageRecord.LayerRecord> own = new TreeMap<>();
        for (Map.Entry<String, LayerFlags> layer : buildpack.flags().entrySet()) {
            if (layer.getValue().launch()) {
                own.put(layer.getKey(), layer(buildpack, layer.getKey(), layer.getValue()));
            }
        }
        records.put(buildpack.buildpack().id(), own);
        BuildpackLayers.Launch launch = buildpack.launch();
        for (LaunchProcess process : launch.processes()) {
            processes.put(process.type(), process);
        }
        labels.putAll(launch.labels());
        slices.addAll(launch.slices());
    }

    private ImageRecord.LayerRecord layer(BuildpackLayers buildpack, String name, LayerFlags flags)
            throws IOException, RuleBroken {
        Path directory = buildpack.layer(name);
        ImageRecord.LayerRecord made;
        if (SafeFile.isDirectory(directory)) {
            List<LayerEntry> entries = entries(buildpack, name);
            LayerBlob blob = flags.cache() ? writer.writeKept(entries) : writer.write(entries);
            layers.add(blob);
            made = new ImageRecord.LayerRecord(
                    blob.diffId().toString(),
                    flags.build(),
                    flags.cache(),
                    flags.metadata(),
                    LayerEnvironment.forLaunch(directory, buildpack.inside() + "/" + name),
                    perProcess(directory));
        } else {
            ImageRecord.LayerRecord known =
                    previousRecord.of(buildpack.buildpack().id()).get(name);
            Optional<LayerBlob> blob = known == null
                    ? Optional.empty()
                    : previous.flatMap(image -> image.layer(Digest.parse(known.diffId())));
            if (known == null || blob.isEmpty()) {
                throw new RuleBroken(
                        buildpack.buildpack().name(),
                        "the layer " + name + " is to be used again, but the previous image does not have it.");
            }
            layers.add(blob.get());
            made = new ImageRecord.LayerRecord(
                    known.diffId(),
                    flags.build(),
                    flags.cache(),
                    flags.metadata(),
                    known.environment(),
                    known.processEnvironment());
        }
        environment.addAll(made.environment());
        made.processEnvironment()
                .forEach((type, changes) -> processEnvironment
                        .computeIfAbsent(type, absent -> new ArrayList<>())
                        .addAll(changes));
        return made;
    }

    private static Map<String, List<EnvironmentChange>> perProcess(Path layer) throws IOException {
        Map<String, List<EnvironmentChange>> found = new TreeMap<>();
        Path directory = layer.resolve("env.launch");
        for (String type : SafeFile.names(directory)) {
            if (SafeFile.isDirectory(directory.resolve(type))) {
                found.put(type, LayerEnvironment.forProcess(layer, type));
            }
        }
        return found;
    }
}
