package dev.slipway.registry.crash;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Set;

/** The real file system up to a number of changes; from then on everything fails, as for a process that is dead. */
public final class MortalFileSystem extends FileSystem {
    private final MortalProvider provider;

    /**
     * A system that dies.
     *
     * @param changes how many are still made
     */
    public MortalFileSystem(int changes) {
        this.provider = new MortalProvider(this, changes);
    }

    /** A path of the real system, on this one. */
    public Path path(Path real) {
        return new MortalPath(this, real);
    }

    /** From now on there is room for so many bytes. */
    public void setRoom(long bytes) {
        provider.room.set(bytes);
    }

    /** How often anything was looked up, read or changed. */
    public long looks() {
        return provider.looks.get();
    }

    /** True once a change was refused. */
    boolean died() {
        return provider.died();
    }

    @Override
    public MortalProvider provider() {
        return provider;
    }

    @Override
    public void close() throws IOException {
        throw new UnsupportedOperationException("it only dies");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(path(Path.of("/")));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return FileSystems.getDefault().supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return path(Path.of(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        PathMatcher real = FileSystems.getDefault().getPathMatcher(pattern);
        return path -> real.matches(MortalPath.unwrap(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return FileSystems.getDefault().getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("nobody watches");
    }
}
