package dev.slipway.platform.git;

import dev.slipway.tenancy.identity.AppId;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The bare repositories on disk: {@code <directory>/<app id>.git}. Named by id and not by name, so that an app made anew under
 * an old name starts empty.
 */
public final class GitRepositories implements Sources {
    private static final Logger LOG = Logger.getLogger(GitRepositories.class);

    private final Path directory;

    /** @param directory where the repositories lie; made when first needed */
    public GitRepositories(Path directory) {
        IsolatedSystemReader.install();
        this.directory = directory;
    }

    /**
     * Opens an app's repository and makes an empty one if there is none. The caller closes it.
     *
     * @throws IOException if the disk fails
     */
    Repository openOrCreate(AppId app) throws IOException {
        Path path = path(app);
        if (!Files.isDirectory(path)) {
            create(path);
        }
        return open(path);
    }

    @Override
    public Optional<CommitSource> find(AppId app, CommitId commit) throws IOException {
        Path path = path(app);
        if (!Files.isDirectory(path)) {
            return Optional.empty();
        }
        try (Repository repository = open(path)) {
            boolean known = repository.getObjectDatabase().has(ObjectId.fromString(commit.value()));
            return known ? Optional.of(new StoredCommitSource(this, app, commit)) : Optional.empty();
        }
    }

    /** Has JGit measure the file system in the background, so that no push coincides with it. */
    void measure() {
        try {
            Files.createDirectories(directory);
            FS.getFileStoreAttributes(directory);
        } catch (IOException e) {
            LOG.warnf("No git repositories can be made directory=%s reason=%s", directory, e.getMessage());
        }
    }

    /**
     * Packs the repository and drops objects nothing refers to that are older than two weeks. Safe beside pushes and fetches.
     *
     * @throws IOException if the disk fails
     */
    public void collectGarbage(AppId app) throws IOException {
        if (!Files.isDirectory(path(app))) {
            return;
        }
        try (Repository repository = open(path(app))) {
            Git.wrap(repository).gc().call();
        } catch (GitAPIException e) {
            throw new IOException("Collecting garbage failed app=" + app, e);
        }
    }

    /**
     * Removes an app's repository for ever. Nothing happens if there is none.
     *
     * @throws IOException if the disk fails; what is left is under a name no app has, and the next call leaves it alone
     */
    public void remove(AppId app) throws IOException {
        Path trash = directory.resolve("." + app + "-" + UUID.randomUUID() + ".removed");
        try {
            Files.move(path(app), trash, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return;
        }
        deleteTree(trash);
    }

    /** Size of everything in the repository in bytes. */
    static long size(Repository repository) throws IOException {
        long[] sum = {0};
        Files.walkFileTree(repository.getDirectory().toPath(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sum[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return sum[0];
    }

    private Path path(AppId app) {
        return directory.resolve(app.value() + ".git");
    }

    private static Repository open(Path path) throws IOException {
        return new FileRepositoryBuilder()
                .setBare()
                .setGitDir(path.toFile())
                .setMustExist(true)
                .build();
    }

    private void create(Path path) throws IOException {
        // Here, not in the directory that is about to be renamed.
        measure();
        Path fresh = directory.resolve("." + path.getFileName() + "-" + UUID.randomUUID() + ".new");
        try (Repository repository = new FileRepository(fresh.toFile())) {
            repository.create(true);
            StoredConfig config = repository.getConfig();
            config.setBoolean("core", null, "fsyncobjectfiles", true);
            config.setBoolean("core", null, "fsyncreffiles", true);
            config.setBoolean("core", null, "logallrefupdates", true);
            config.setString("core", null, "streamfilethreshold", "16m");
            config.setBoolean("receive", null, "autogc", false);
            config.setInt("gc", null, "auto", 0);
            config.setInt("pack", null, "threads", 1);
            config.setString("pack", null, "bigfilethreshold", "16m");
            config.setBoolean("uploadpack", null, "allowfilter", true);
            config.save();
            repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + "main");
        }
        try {
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteTree(fresh);
            if (!Files.isDirectory(path)) {
                throw e;
            }
        }
    }

    private static void deleteTree(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
