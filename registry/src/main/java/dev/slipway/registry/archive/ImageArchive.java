package dev.slipway.registry.archive;

import dev.slipway.registry.blob.BlobStat;
import dev.slipway.registry.blob.BlobUpload;
import dev.slipway.registry.blob.StorageException;
import dev.slipway.registry.oci.Descriptor;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ErrorCode;
import dev.slipway.registry.oci.ImageIndex;
import dev.slipway.registry.oci.ImageManifest;
import dev.slipway.registry.oci.Manifest;
import dev.slipway.registry.oci.MediaType;
import dev.slipway.registry.oci.Reference;
import dev.slipway.registry.oci.RegistryException;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.oci.Tag;
import dev.slipway.registry.repository.Registry;
import dev.slipway.registry.repository.StoredManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes an image with all it needs into a tar, and brings it from one (OCI Image Specification 1.1, "Image Layout"). */
public final class ImageArchive {
    private static final byte[] LAYOUT = "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);
    private static final String LAYOUT_FILE = "oci-layout";
    private static final String INDEX_FILE = "index.json";
    private static final String BLOBS = "blobs/";
    private static final String REF_NAME = "org.opencontainers.image.ref.name";
    private static final int MAX_DEPTH = 8;

    private final Registry registry;

    /** Archives of one registry's images. */
    public ImageArchive(Registry registry) {
        this.registry = registry;
    }

    /**
     * Writes an image, or an index with all that it lists.
     *
     * @param out written, not closed
     * @throws RegistryException {@link ErrorCode#MANIFEST_UNKNOWN}
     * @throws IOException if it cannot be written
     */
    public void exportImage(RepositoryName name, Reference reference, OutputStream out) throws IOException {
        StoredManifest root = registry.getManifest(name, reference)
                .orElseThrow(() -> new RegistryException(
                        ErrorCode.MANIFEST_UNKNOWN, "no such tag or digest in " + name + ": " + reference));
        Set<Digest> needed = new LinkedHashSet<>();
        collect(name, root, needed, 0);
        Descriptor entry = Descriptor.of(root.mediaType(), root.digest(), root.size())
                .withAnnotations(reference instanceof Tag tag ? Map.of(REF_NAME, tag.value()) : Map.of());
        TarWriter tar = new TarWriter(out);
        tar.file(LAYOUT_FILE, LAYOUT);
        tar.file(INDEX_FILE, ImageIndex.of(List.of(entry)).toBytes());
        for (Digest digest : needed) {
            BlobStat stat = registry.blobs()
                    .stat(digest)
                    .orElseThrow(() -> new RegistryException(ErrorCode.BLOB_UNKNOWN, "no blob " + digest));
            try (InputStream in = registry.blobs().open(digest)) {
                tar.file(BLOBS + digest.algorithm().prefix() + "/" + digest.hex(), stat.size(), in);
            }
        }
        tar.end();
    }

    private void collect(RepositoryName name, StoredManifest stored, Set<Digest> needed, int depth) {
        if (!needed.add(stored.digest())) {
            return;
        }
        if (depth > MAX_DEPTH) {
            throw new RegistryException(
                    ErrorCode.MANIFEST_INVALID, "indexes are nested more than " + MAX_DEPTH + " deep");
        }
        switch (stored.parsed()) {
            case ImageManifest image -> {
                needed.add(image.config().digest());
                image.layers().stream()
                        .filter(layer -> registry.hasBlob(name, layer.digest()))
                        .forEach(layer -> needed.add(layer.digest()));
            }
            case ImageIndex index ->
                index.manifests()
                        .forEach(child -> registry.getManifest(name, child.digest())
                                .ifPresent(found -> collect(name, found, needed, depth + 1)));
        }
    }

    /**
     * Brings the images of an archive into a repository. Only what the archive itself holds gets there; content that is in
     * the registry for others is not linked by naming it.
     *
     * @param tag what the image is to be called; if empty, as the archive says, or only by digest
     * @param in read to its end, not closed
     * @param by who does it, for lists
     * @return the digests of the images in the archive's list
     * @throws RegistryException {@link ErrorCode#MANIFEST_INVALID} and its kin if the archive is not what it should be
     */
    public List<Digest> importImages(RepositoryName name, Optional<Tag> tag, InputStream in, String by) {
        Set<Digest> came = new HashSet<>();
        byte[] index = new byte[0];
        try {
            TarReader tar = new TarReader(in);
            for (Optional<TarReader.Entry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                String file = entry.get().name();
                if (file.equals(INDEX_FILE)) {
                    index = tar.content().readNBytes(Manifest.MAX_BYTES);
                } else if (file.startsWith(BLOBS)) {
                    came.add(take(name, file, entry.get().size(), tar.content()));
                }
            }
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException | UncheckedIOException | ArithmeticException e) {
            throw new RegistryException(ErrorCode.MANIFEST_INVALID, "the archive cannot be read: " + e.getMessage());
        }
        if (index.length == 0) {
            throw new RegistryException(ErrorCode.MANIFEST_INVALID, "the archive has no " + INDEX_FILE);
        }
        if (!(Manifest.parse(MediaType.OCI_INDEX, index) instanceof ImageIndex images)) {
            throw new RegistryException(ErrorCode.MANIFEST_INVALID, INDEX_FILE + " is no index");
        }
        for (Descriptor image : images.manifests()) {
            Optional<Tag> called = tag.or(
                    () -> Optional.ofNullable(image.annotations().get(REF_NAME)).flatMap(ImageArchive::tag));
            put(name, image, called.<Reference>map(own -> own).orElse(image.digest()), came, by, 0);
        }
        return images.manifests().stream().map(Descriptor::digest).toList();
    }

    /** A name in an archive may be more than a tag, such as {@code host/name:tag}. */
    private static Optional<Tag> tag(String name) {
        try {
            return Optional.of(new Tag(name.substring(name.lastIndexOf(':') + 1)));
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }

    private Digest take(RepositoryName name, String file, long size, InputStream content) {
        Digest promised = Digest.parse(file.substring(BLOBS.length()).replaceFirst("/", ":"));
        registry.requireRoom(name, Optional.of(promised), size);
        BlobUpload upload = registry.blobs().newUpload(name);
        try {
            upload.append(0, content);
            upload.commit(promised);
            return promised;
        } finally {
            upload.cancel();
        }
    }

    private void put(
            RepositoryName name, Descriptor entry, Reference reference, Set<Digest> came, String by, int depth) {
        if (!came.contains(entry.digest()) || depth > MAX_DEPTH) {
            throw new RegistryException(ErrorCode.MANIFEST_INVALID, "the archive lacks " + entry.digest());
        }
        byte[] content = read(entry);
        switch (Manifest.parse(entry.mediaType(), content)) {
            case ImageManifest image -> {
                link(name, image.config(), came);
                image.layers().forEach(layer -> link(name, layer, came));
            }
            case ImageIndex index ->
                index.manifests().stream()
                        .filter(child -> came.contains(child.digest()))
                        .forEach(child -> put(name, child, child.digest(), came, by, depth + 1));
        }
        registry.putManifest(name, reference, entry.mediaType(), content, by);
    }

    private void link(RepositoryName name, Descriptor blob, Set<Digest> came) {
        if (came.contains(blob.digest())) {
            registry.linkBlob(name, blob.digest());
        }
    }

    private byte[] read(Descriptor entry) {
        try (InputStream in = registry.blobs().open(entry.digest())) {
            return in.readNBytes(Manifest.MAX_BYTES + 1);
        } catch (IOException e) {
            throw new StorageException("read manifest", entry.digest().toString(), e);
        }
    }
}
