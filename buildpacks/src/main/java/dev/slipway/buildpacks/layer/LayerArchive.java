package dev.slipway.buildpacks.layer;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Instant;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes entries as a tar archive that depends on nothing but their names, modes and contents: the time is 1980-01-01
 * 00:00:01 UTC (as other CNB lifecycles have it), the owner is fixed and nameless.
 */
final class LayerArchive {

    private static final long TIME_SECONDS =
            Instant.parse("1980-01-01T00:00:01Z").getEpochSecond();
    private static final int BUFFER = 128 * 1024;

    private LayerArchive() {}

    /**
     * Writes the archive without compression.
     *
     * @param entries sorted by name
     * @param out stays open
     */
    static void write(List<LayerEntry> entries, LayerOwner owner, OutputStream out) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new Uncloseable(out), "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        byte[] buffer = new byte[BUFFER];
        for (LayerEntry entry : entries) {
            tar.putArchiveEntry(header(entry, owner));
            switch (entry.content()) {
                case LayerEntry.HostFile file -> copy(file, tar, buffer);
                case LayerEntry.Text text -> tar.write(text.text().getBytes(StandardCharsets.UTF_8));
                case LayerEntry.Directory directory -> {}
                case LayerEntry.Link link -> {}
            }
            tar.closeArchiveEntry();
        }
        tar.finish();
        tar.flush();
    }

    /** Wraps a stream so that what is written is compressed fast and always in the same way. */
    static GZIPOutputStream compressing(OutputStream out) throws IOException {
        return new FastGzip(out);
    }

    private static TarArchiveEntry header(LayerEntry entry, LayerOwner owner) {
        TarArchiveEntry header = switch (entry.content()) {
            case LayerEntry.Directory directory -> new TarArchiveEntry(entry.name() + "/", TarConstants.LF_DIR, true);
            case LayerEntry.Link link -> {
                TarArchiveEntry made = new TarArchiveEntry(entry.name(), TarConstants.LF_SYMLINK, true);
                made.setLinkName(link.target());
                yield made;
            }
            case LayerEntry.HostFile file -> sized(entry.name(), file.size());
            case LayerEntry.Text text -> sized(entry.name(), text.text().getBytes(StandardCharsets.UTF_8).length);
        };
        header.setMode(entry.mode());
        header.setModTime(TIME_SECONDS * 1000);
        header.setIds(owner.uid(), owner.gid());
        header.setNames("", "");
        return header;
    }

    private static TarArchiveEntry sized(String name, long size) {
        TarArchiveEntry header = new TarArchiveEntry(name, TarConstants.LF_NORMAL, true);
        header.setSize(size);
        return header;
    }

    private static void copy(LayerEntry.HostFile file, OutputStream out, byte[] buffer) throws IOException {
        try (InputStream in = Files.newInputStream(file.path(), LinkOption.NOFOLLOW_LINKS)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        }
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    private static final class Uncloseable extends FilterOutputStream {
        Uncloseable(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
