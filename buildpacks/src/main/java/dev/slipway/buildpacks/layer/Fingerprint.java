package dev.slipway.buildpacks.layer;

import dev.slipway.registry.oci.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** Names what a layer would be without reading its files. */
final class Fingerprint {

    private static final String FORM = "slipway layer 1";

    private Fingerprint() {}

    /**
     * A fingerprint by names, modes, sizes, inodes and times. The change time is set by the kernel alone, so a file
     * whose content changed always differs.
     */
    static Digest of(List<LayerEntry> entries, LayerOwner owner) {
        MessageDigest hash = Digest.Algorithm.SHA256.hasher();
        add(hash, FORM);
        add(hash, owner.toString());
        for (LayerEntry entry : entries) {
            add(hash, entry.name());
            add(hash, Integer.toOctalString(entry.mode()));
            add(
                    hash,
                    switch (entry.content()) {
                        case LayerEntry.Directory directory -> "directory";
                        case LayerEntry.Link link -> "link " + link.target();
                        case LayerEntry.HostFile file -> "file " + file.size() + " " + file.stamp();
                        case LayerEntry.Text text -> "text " + text.text();
                    });
        }
        return Digest.ofHash(Digest.Algorithm.SHA256, hash.digest());
    }

    private static void add(MessageDigest hash, String text) {
        hash.update(text.getBytes(StandardCharsets.UTF_8));
        hash.update((byte) 0);
    }
}
