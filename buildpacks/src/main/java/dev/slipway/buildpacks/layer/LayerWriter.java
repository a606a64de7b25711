package dev.slipway.buildpacks.layer;

import dev.slipway.registry.blob.BlobStore;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.MediaType;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Puts layers into the blob store, and finds those that are there already before it compresses anything. */
public final class LayerWriter {

    private static final long WORTH_LOOKING_UP = 512L * 1024;

    private final BlobStore store;
    private final LayerIndex index;
    private final LayerOwner owner;

    /**
     * Prepares to write.
     *
     * @param store where blobs go
     * @param index remembers what was written before
     * @param owner whose the files are in the image
     */
    public LayerWriter(BlobStore store, LayerIndex index, LayerOwner owner) {
        this.store = store;
        this.index = index;
        this.owner = owner;
    }

    /**
     * Writes a layer of files that were made for this build. If an equal layer was ever written, it is found by the
     * digest of its archive, which costs reading but not compressing.
     *
     * @param entries sorted by name
     */
    public LayerBlob write(List<LayerEntry> entries) throws IOException {
        long size = entries.stream().mapToLong(LayerEntry::size).sum();
        if (size < WORTH_LOOKING_UP) {
            return compress(entries);
        }
        Digest diffId = diffId(entries);
        Optional<LayerBlob> known = stored(diffId);
        if (known.isPresent()) {
            return known.get();
        }
        LayerBlob layer = compress(entries);
        index.put(layer.diffId(), layer);
        return layer;
    }

    /**
     * Writes a layer of files that are kept from build to build. If none of them changed since the layer was written,
     * it is found without reading them.
     *
     * @param entries sorted by name
     */
    public LayerBlob writeKept(List<LayerEntry> entries) throws IOException {
        Digest fingerprint = Fingerprint.of(entries, owner);
        Optional<LayerBlob> known = stored(fingerprint);
        if (known.isPresent()) {
            return known.get();
        }
        LayerBlob layer = write(entries);
        index.put(fingerprint, layer);
        return layer;
    }

    /**
     * Tells whether exactly these files were once written as a layer.
     *
     * @param entries sorted by name
     */
    public boolean unchanged(List<LayerEntry> entries) throws IOException {
        return index.find(Fingerprint.of(entries, owner)).isPresent();
    }

    private Optional<LayerBlob> stored(Digest key) throws IOException {
        return index.find(key)
                .filter(layer -> store.retain(layer.descriptor().digest()).isPresent());
    }

    private Digest diffId(List<LayerEntry> entries) throws IOException {
        MessageDigest hash = Digest.Algorithm.SHA256.hasher();
        LayerArchive.write(entries, owner, new DigestOutputStream(OutputStream.nullOutputStream(), hash));
        return Digest.ofHash(Digest.Algorithm.SHA256, hash.digest());
    }

    private LayerBlob compress(List<LayerEntry> entries) {
        MessageDigest hash = Digest.Algorithm.SHA256.hasher();
        Descriptor descriptor = store.write(MediaType.OCI_LAYER_GZIP, out -> {
            GZIPOutputStream gzip = LayerArchive.compressing(out);
            LayerArchive.write(entries, owner, new DigestOutputStream(gzip, hash));
            gzip.finish();
        });
        return new LayerBlob(descriptor, Digest.ofHash(Digest.Algorithm.SHA256, hash.digest()));
    }
}
