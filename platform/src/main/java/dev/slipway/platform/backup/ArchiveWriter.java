package dev.slipway.platform.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes an archive: a ZIP whose last file, the manifest, has name, size and SHA-256 of all others. */
final class ArchiveWriter implements AutoCloseable {
    /** What writes the content of a file. */
    interface Content {
        void to(OutputStream out) throws IOException;
    }

    private static final int BUFFER = 1 << 16;

    private final FileChannel file;
    private final ZipOutputStream zip;
    private final List<ArchiveEntry> entries = new ArrayList<>();

    /** Begins a file that only its owner can read; there must be none yet. */
    ArchiveWriter(Path path) throws IOException {
        file = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        zip = new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(file), BUFFER));
    }

    /** Adds a file that shrinks when it is packed. */
    void addPacked(String name, Content content) throws IOException {
        add(name, content, ArchiveEntry.Kind.FILE, Deflater.BEST_SPEED);
    }

    /** Adds a file as it is. */
    void add(String name, InputStream content, boolean executable) throws IOException {
        ArchiveEntry.Kind kind = executable ? ArchiveEntry.Kind.EXECUTABLE : ArchiveEntry.Kind.FILE;
        add(name, content::transferTo, kind, Deflater.NO_COMPRESSION);
    }

    /** Adds a directory that is empty. */
    void addDirectory(String name) throws IOException {
        add(name, out -> {}, ArchiveEntry.Kind.DIRECTORY, Deflater.NO_COMPRESSION);
    }

    private void add(String name, Content content, ArchiveEntry.Kind kind, int level) throws IOException {
        zip.setLevel(level);
        zip.putNextEntry(new ZipEntry(kind == ArchiveEntry.Kind.DIRECTORY ? name + "/" : name));
        Counted counted = new Counted(zip);
        content.to(counted);
        zip.closeEntry();
        entries.add(new ArchiveEntry(name, counted.sha256(), counted.size, kind));
    }

    /** Writes the manifest and waits until all of it is on the disk. */
    void finish(Map<String, String> facts) throws IOException {
        StringBuilder manifest = new StringBuilder(Archive.FIRST_LINE).append('\n');
        facts.forEach((name, value) ->
                manifest.append(name).append(": ").append(value).append('\n'));
        manifest.append('\n');
        entries.forEach(entry -> manifest.append(entry.line()).append('\n'));
        manifest.append(Archive.seal(manifest.toString())).append('\n');
        zip.setLevel(Deflater.BEST_SPEED);
        zip.putNextEntry(new ZipEntry(Archive.MANIFEST));
        zip.write(manifest.toString().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        zip.finish();
        zip.flush();
        file.force(true);
    }

    int files() {
        return entries.size();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Passes bytes on, counts them and digests them; the one below stays open. */
    private static final class Counted extends DigestOutputStream {
        private long size;

        Counted(OutputStream out) {
            super(out, Sha256.digest());
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            super.write(bytes, offset, length);
            size += length;
        }

        @Override
        public void write(int one) throws IOException {
            super.write(one);
            size++;
        }

        String sha256() {
            return HexFormat.of().formatHex(getMessageDigest().digest());
        }
    }
}
