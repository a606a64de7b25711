package dev.slipway.registry.crash;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Passes everything on to the real provider, and counts what changes something. */
final class MortalProvider extends FileSystemProvider {
    private final FileSystemProvider real = FileSystems.getDefault().provider();
    private final MortalFileSystem system;
    private final AtomicInteger left;
    final AtomicLong looks = new AtomicLong();
    final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

    MortalProvider(MortalFileSystem system, int changes) {
        this.system = system;
        this.left = new AtomicInteger(changes);
    }

    boolean died() {
        return left.get() < 0;
    }

    private void change() throws IOException {
        looks.incrementAndGet();
        if (left.decrementAndGet() < 0) {
            left.set(-1);
            throw new IOException("the process is dead");
        }
    }

    private void live() throws IOException {
        looks.incrementAndGet();
        if (died()) {
            throw new IOException("the process is dead");
        }
    }

    @Override
    public String getScheme() {
        return "mortal";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException("made by its constructor");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return system;
    }

    @Override
    public Path getPath(URI uri) {
        return system.path(Path.of(uri));
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        touch(options);
        return new FullableChannel(real.newFileChannel(MortalPath.unwrap(path), options, attributes), room);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        touch(options);
        return real.newByteChannel(MortalPath.unwrap(path), options, attributes);
    }

    private void touch(Set<? extends OpenOption> options) throws IOException {
        if (options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND)) {
            change();
        } else {
            live();
        }
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        live();
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> found = real.newDirectoryStream(MortalPath.unwrap(directory), any -> true)) {
            for (Path entry : found) {
                if (filter.accept(system.path(entry))) {
                    entries.add(system.path(entry));
                }
            }
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return entries.iterator();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        change();
        real.createDirectory(MortalPath.unwrap(directory), attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
        change();
        real.delete(MortalPath.unwrap(path));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        change();
        real.copy(MortalPath.unwrap(source), MortalPath.unwrap(target), options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        change();
        real.move(MortalPath.unwrap(source), MortalPath.unwrap(target), options);
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        return real.isSameFile(MortalPath.unwrap(one), MortalPath.unwrap(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return real.isHidden(MortalPath.unwrap(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return real.getFileStore(MortalPath.unwrap(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        looks.incrementAndGet();
        real.checkAccess(MortalPath.unwrap(path), modes);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return real.getFileAttributeView(MortalPath.unwrap(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        looks.incrementAndGet();
        return real.readAttributes(MortalPath.unwrap(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        looks.incrementAndGet();
        return real.readAttributes(MortalPath.unwrap(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        change();
        real.setAttribute(MortalPath.unwrap(path), attribute, value, options);
    }
}
