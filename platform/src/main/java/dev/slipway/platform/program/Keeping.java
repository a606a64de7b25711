package dev.slipway.platform.program;

import dev.slipway.platform.backup.Backup;
import dev.slipway.platform.backup.BackupException;
import dev.slipway.platform.backup.Restoration;
import dev.slipway.platform.database.DatabaseException;
import dev.slipway.platform.database.EmbeddedPostgres;
import dev.slipway.platform.loop.WallClock;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the program does beside serving: {@code backup FILE}, {@code restore FILE} and {@code restore --check FILE}. */
final class Keeping {
    private static final int REFUSED = 1;
    private static final int MISUSED = 2;

    private final StartSettings settings;
    private final PrintStream out;

    private Keeping(StartSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    static boolean isMeant(String... arguments) {
        return arguments.length > 0 && List.of("backup", "restore").contains(arguments[0]);
    }

    /** Returns the exit code: 0, 1 when it was refused, 2 when the arguments make no sense. */
    static int run(StartSettings settings, PrintStream out, PrintStream err, String... arguments) {
        Keeping keeping = new Keeping(settings, out);
        try {
            if (arguments.length == 2 && arguments[0].equals("backup")) {
                keeping.backUp(Path.of(arguments[1]));
            } else if (arguments.length == 2 && !arguments[1].startsWith("--")) {
                keeping.restore(Path.of(arguments[1]));
            } else if (arguments.length == 3 && arguments[0].equals("restore") && arguments[1].equals("--check")) {
                keeping.check(Path.of(arguments[2]));
            } else {
                err.println(" !     usage: backup FILE | restore [--check] FILE");
                return MISUSED;
            }
            return 0;
        } catch (BackupException | DatabaseException | HomeInUseException refusal) {
            err.println(" !     " + refusal.getMessage());
            return REFUSED;
        }
    }

    /** Of a Slipway that runs, its database does; of one that does not, it is started for the while. */
    private void backUp(Path file) {
        settings.places().mustBeOfAnInstallation();
        out.println("-----> Back up " + settings.home() + " to " + file);
        Optional<HomeLock> stopped = lockIfStopped();
        try (Database database = database(stopped.isPresent())) {
            Backup.Written written =
                    new Backup(settings.places(), database.access(), settings.bucket()).to(file, WallClock.utc());
            out.println("       " + amount(written.files(), written.bytes()) + " in " + written.file());
            settings.bucket()
                    .ifPresent(name -> out.println("       The registry's content is in the bucket " + name
                            + " and not in there; keep that as well."));
            out.println(
                    "       It holds keys and passwords: whoever has it, has the platform. Restore it by deploy/restore.");
        } finally {
            stopped.ifPresent(HomeLock::close);
        }
    }

    private void restore(Path file) {
        Restoration restoration = new Restoration(settings.places(), settings.database(), settings.databasePrograms());
        out.println("-----> Restore " + settings.home() + " from " + file);
        try (HomeLock lock = HomeLock.take(restoration.draft())) {
            say(restoration.from(file));
        }
    }

    private void check(Path file) {
        out.println("-----> Check " + file);
        say(Restoration.check(file));
    }

    private void say(Restoration.Found found) {
        found.facts().forEach((name, value) -> out.println("       " + name + ": " + value));
        out.println("       " + amount(found.files(), found.bytes()) + ", each as it was backed up");
    }

    private static String amount(int files, long bytes) {
        return String.format(Locale.ROOT, "%,d files, %.1f MB", files, bytes / 1e6);
    }

    private Optional<HomeLock> lockIfStopped() {
        try {
            return Optional.of(HomeLock.take(settings.home()));
        } catch (HomeInUseException runs) {
            return Optional.empty();
        }
    }

    private Database database(boolean mayStop) {
        if (settings.database().isPresent()) {
            return new Database(settings.database().get(), () -> {});
        }
        EmbeddedPostgres postgres =
                EmbeddedPostgres.of(settings.home().resolve("postgres"), settings.databasePrograms());
        return new Database(postgres.start(), mayStop ? postgres::stop : () -> {});
    }

    /** A database for as long as it is needed. */
    private record Database(EmbeddedPostgres.Access access, Runnable afterwards) implements AutoCloseable {
        @Override
        public void close() {
            afterwards.run();
        }
    }
}
