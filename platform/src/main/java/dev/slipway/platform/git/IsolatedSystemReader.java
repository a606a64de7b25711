package dev.slipway.platform.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/** Keeps JGit from reading the machine's, the user's and its own git configuration: only a repository's own file counts. */
final class IsolatedSystemReader extends SystemReader.Delegate {
    private IsolatedSystemReader(SystemReader delegate) {
        super(delegate);
    }

    /** Makes this the reader of the whole process. Calling it again changes nothing. */
    static synchronized void install() {
        if (!(SystemReader.getInstance() instanceof IsolatedSystemReader)) {
            SystemReader.setInstance(new IsolatedSystemReader(SystemReader.getInstance()));
            // The first use of a file system is measured for seconds; nobody is to wait for that. Until it is known,
            // JGit assumes coarse file times, which is safe.
            FS.FileStoreAttributes.setBackground(true);
        }
    }

    @Override
    public @Nullable String getenv(String variable) {
        return variable.startsWith("GIT_") ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new EmptyConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new EmptyConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new EmptyConfig(parent, fs);
    }

    private static final class EmptyConfig extends FileBasedConfig {
        @SuppressWarnings("NullAway") // the library's documented way to say "no file"
        EmptyConfig(@Nullable Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
