package dev.slipway.buildpacks.lifecycle;

import dev.slipway.buildpacks.descriptor.DescriptorException;
import dev.slipway.buildpacks.layer.LayerWriter;
import dev.slipway.buildpacks.sandbox.StackName;
import dev.slipway.buildpacks.source.DirectoryTree;
import dev.slipway.buildpacks.source.FileOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The layers an app's builds keep on the host. They are moved into the sandbox and out again, never copied; while a
 * build has them they are not here, so a crash costs one slow build and nothing else.
 *
 * <pre>
 *   stack                          the stack they were made on
 *   layers/&lt;buildpack&gt;/store.toml
 *   layers/&lt;buildpack&gt;/&lt;layer&gt;.toml  flags and metadata
 *   layers/&lt;buildpack&gt;/&lt;layer&gt;/      content, if not in use
 * </pre>
 */
final class BuildCache {

    private static final String TOML = ".toml";
    private static final String STORE = "store.toml";

    private final Path directory;

    BuildCache(Path directory) {
        this.directory = directory;
    }

    /** Makes the layers directory of each member and fills it with what earlier builds left for it. */
    void restore(Members members, ImageRecord previous, StackName stack, FileOwner owner)
            throws IOException, DescriptorException {
        Path stackFile = directory.resolve("stack");
        if (!SafeFile.text(stackFile).orElse("").equals(stack.toString())) {
            DirectoryTree.delete(directory.resolve("layers"));
            Files.createDirectories(directory);
            Files.writeString(stackFile, stack.toString());
        }
        for (BuildpackLayers layers : members.layers()) {
            Files.createDirectory(layers.directory());
            BuildpackLayers kept = kept(layers);
            for (Map.Entry<String, LayerFlags> layer : kept.flags().entrySet()) {
                Path content = kept.layer(layer.getKey());
                if (SafeFile.isDirectory(content)) {
                    DirectoryTree.move(content, layers.layer(layer.getKey()));
                    write(layers, layer.getKey() + TOML, layer.getValue().restored(), owner);
                }
            }
            for (var layer : previous.of(layers.buildpack().id()).entrySet()) {
                ImageRecord.LayerRecord known = layer.getValue();
                boolean reusable = !known.build() && !known.cache();
                if (reusable && !Files.exists(layers.directory().resolve(layer.getKey() + TOML))) {
                    LayerFlags flags = new LayerFlags(true, false, false, known.metadata());
                    write(layers, layer.getKey() + TOML, flags.restored(), owner);
                }
            }
            if (kept.store().isPresent()) {
                write(layers, STORE, kept.store().get(), owner);
            }
            owner.give(layers.directory());
        }
    }

    /** Takes back what the next build is to have, after a build that succeeded. */
    void save(Members members) throws IOException, DescriptorException {
        for (BuildpackLayers layers : members.layers()) {
            BuildpackLayers kept = kept(layers);
            DirectoryTree.delete(kept.directory());
            Files.createDirectories(kept.directory());
            for (Map.Entry<String, LayerFlags> layer : layers.flags().entrySet()) {
                Path content = layers.layer(layer.getKey());
                if (layer.getValue().cache() && SafeFile.isDirectory(content)) {
                    Files.writeString(
                            kept.directory().resolve(layer.getKey() + TOML),
                            layer.getValue().text());
                    DirectoryTree.move(content, kept.layer(layer.getKey()));
                }
            }
            if (layers.store().isPresent()) {
                Files.writeString(
                        kept.directory().resolve(STORE), layers.store().get());
            }
        }
    }

    /**
     * Takes back what a build that failed has not spoilt: layers that only the cache has, and launch layers in which
     * nothing changed since they were exported.
     */
    void takeBack(Members members, LayerWriter writer) throws IOException, DescriptorException {
        for (BuildpackLayers layers : members.layers()) {
            BuildpackLayers kept = kept(layers);
            for (Map.Entry<String, LayerFlags> layer : kept.flags().entrySet()) {
                Path content = layers.layer(layer.getKey());
                if (SafeFile.isDirectory(content) && unspoilt(layers, layer.getKey(), layer.getValue(), writer)) {
                    DirectoryTree.move(content, kept.layer(layer.getKey()));
                }
            }
        }
    }

    private static boolean unspoilt(BuildpackLayers layers, String name, LayerFlags flags, LayerWriter writer)
            throws IOException {
        if (!flags.launch()) {
            return !flags.build();
        }
        return writer.unchanged(Export.entries(layers, name));
    }

    private BuildpackLayers kept(BuildpackLayers layers) {
        return new BuildpackLayers(
                layers.buildpack(),
                directory.resolve("layers").resolve(layers.buildpack().escapedId()));
    }

    private static void write(BuildpackLayers layers, String file, String text, FileOwner owner) throws IOException {
        Path path = layers.directory().resolve(file);
        Files.writeString(path, text);
        owner.give(path);
    }
}
