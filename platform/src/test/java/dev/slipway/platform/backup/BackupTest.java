package dev.slipway.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.platform.database.DatabaseDump;
import dev.slipway.platform.database.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A home with a real database, backed up while it is in use and restored to others. */
@TestInstance(Lifecycle.PER_CLASS)
class BackupTest {
    private static final Path PROGRAMS = Path.of("target/postgres").toAbsolutePath();
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-26T02:00:00Z"), ZoneOffset.UTC);

    @TempDir
    static Path directory;

    private Places source;
    private EmbeddedPostgres postgres;
    private EmbeddedPostgres.Access access;
    private Path backup;

    @BeforeAll
    void aHomeThatWasUsed() throws Exception {
        source = places(directory.resolve("source"));
        postgres = EmbeddedPostgres.of(source.postgres(), PROGRAMS);
        access = postgres.start();
        Flyway.configure()
                .dataSource(access.url(), access.user(), access.password())
                .locations("classpath:db/migration")
                .outOfOrder(true)
                .load()
                .migrate();
        run(
                access,
                "insert into tenant values (gen_random_uuid(), 'acme', now(), E'a\\tb\\\\n\\n\"ü\"')",
                "insert into app select gen_random_uuid(), id, 'shop', now(), 'ada' from tenant",
                "insert into audit_entry select 1, now(), 'ada', 'quota.set', 's', 'acme', null, 'DONE',"
                        + " '{\"of\": [1, null]}', decode(repeat('ab', 32), 'hex')",
                "insert into tenant_event (tenant_id, kind, at, data) select id, 'quota.changed', now(), '{}' from tenant");
        Files.writeString(source.home().resolve("slipway.lock"), "");
        write(source.keys(), "key");
        write(source.hostKey(), "host key");
        write(source.home().resolve("first-admin.json"), "{}");
        write(source.home().resolve("routes.json"), "made anew");
        write(source.git().resolve("a.git/HEAD"), "ref: refs/heads/main");
        write(source.git().resolve("a.git/objects/pack/p.pack"), "objects");
        Files.createDirectories(source.git().resolve("a.git/refs/heads"));
        write(source.registry().resolve("repositories/acme/shop/_tags/v1"), "sha256:1");
        write(source.registry().resolve("blobs/sha256/00/00"), "blob");
        write(source.registry().resolve("uploads/x/data"), "half a blob");
        Path hook = write(source.home().resolve("sample/hello/run.sh"), "#!/bin/sh");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        backup = new Backup(source, access, Optional.empty())
                .to(directory.resolve("whole.slipway"), CLOCK)
                .file();
    }

    @AfterAll
    void stop() {
        postgres.stop();
    }

    @Test
    void anotherHomeIsAsTheFirstWas() throws Exception {
        run(access, "insert into tenant values (gen_random_uuid(), 'later', now(), 'after the backup')");
        Places target = places(directory.resolve("target"));
        Restoration.Found found = new Restoration(target, Optional.empty(), PROGRAMS).from(backup);
        assertThat(found.facts())
                .containsEntry("created", "2026-11-26T02:00:00Z")
                .containsEntry("registry", "files");

        assertThat(files(target.home()))
                .isEqualTo(Map.of(
                        "secret.keys", "key",
                        "ssh/host-ed25519", "host key",
                        "first-admin.json", "{}",
                        "git/a.git/HEAD", "ref: refs/heads/main",
                        "git/a.git/objects/pack/p.pack", "objects",
                        "registry/repositories/acme/shop/_tags/v1", "sha256:1",
                        "registry/blobs/sha256/00/00", "blob",
                        "sample/hello/run.sh", "#!/bin/sh"));
        assertThat(target.git().resolve("a.git/refs/heads")).isDirectory();
        assertThat(permissions(target.keys())).isEqualTo("rw-------");
        assertThat(permissions(target.home())).isEqualTo("rwx------");
        assertThat(permissions(target.home().resolve("sample/hello/run.sh"))).isEqualTo("rwx------");
        assertThat(directory.resolve("target.restoring")).doesNotExist();

        EmbeddedPostgres restored = EmbeddedPostgres.of(target.postgres(), PROGRAMS);
        EmbeddedPostgres.Access there = restored.start();
        try {
            run(access, "delete from tenant where name = 'later'");
            assertThat(one(
                            there,
                            "select count(*) from tenant_event where tx < pg_snapshot_xmin(pg_current_snapshot())"))
                    .as("transactions of the first cluster are past in the second")
                    .isEqualTo(one(there, "select count(*) from tenant_event"))
                    .isNotEqualTo("0");
            run(access, "update tenant_event set tx = '2'");
            assertThat(rows(there)).isEqualTo(rows(access)).containsKeys("tenant", "installation", "audit_entry");
            assertThat(one(there, "select count(*) from flyway_schema_history where success"))
                    .isEqualTo(one(access, "select count(*) from flyway_schema_history where success"));
            assertThatThrownBy(() -> run(there, "delete from audit_entry"))
                    .as("triggers are on again")
                    .hasMessageContaining("never changed or removed");
            assertThatThrownBy(() -> run(there, "delete from tenant"))
                    .as("references are held again")
                    .hasMessageContaining("foreign key");
            run(
                    there,
                    "insert into tenant_event (tenant_id, kind, at, data) select id, 'again', now(), '{}' from tenant");
            assertThat(one(there, "select max(seq) from tenant_event"))
                    .as("sequences go on")
                    .isEqualTo(
                            Integer.toString(1 + Integer.parseInt(one(access, "select max(seq) from tenant_event"))));
        } finally {
            restored.stop();
        }
    }

    @Test
    void aCutOneLeavesNothing() throws Exception {
        byte[] all = Files.readAllBytes(backup);
        Path cut = Files.write(directory.resolve("cut.slipway"), Arrays.copyOf(all, all.length / 2));
        Path target = directory.resolve("from-cut");
        assertThatThrownBy(() -> new Restoration(places(target), Optional.empty(), PROGRAMS).from(cut))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("cut off");
        assertThat(target).doesNotExist();
        assertThat(directory.resolve("from-cut.restoring")).doesNotExist();
    }

    @Test
    void whatIsThereAlreadyStaysAsItIs() throws Exception {
        Path target = Files.createDirectories(directory.resolve("taken"));
        write(target.resolve("precious"), "mine");
        assertThatThrownBy(() -> new Restoration(places(target), Optional.empty(), PROGRAMS).from(backup))
                .hasMessageContaining(target + " is there already and is left as it is");
        assertThat(files(target)).containsExactly(Map.entry("precious", "mine"));
    }

    @Test
    void aDatabaseThatIsInUseIsNotFilledAndTheHomeNotMade() {
        Path target = directory.resolve("external");
        assertThatThrownBy(() -> new Restoration(places(target), Optional.of(access), PROGRAMS).from(backup))
                .hasMessageContaining("it is not empty");
        assertThat(target).doesNotExist();
        assertThat(directory.resolve("external.restoring")).doesNotExist();
    }

    @Test
    void rowsThatDoNotFitLeaveTheDatabaseEmptyAndTheNextTryWorks() throws Exception {
        run(access, "create database other");
        EmbeddedPostgres.Access other = database("other");
        Path orphaned = directory.resolve("orphaned.slipway");
        try (Archive archive = Archive.open(backup);
                ArchiveWriter writer = new ArchiveWriter(orphaned)) {
            for (ArchiveEntry entry : archive.entries()) {
                if (!entry.name().equals("database/rows/tenant") && entry.kind() == ArchiveEntry.Kind.FILE) {
                    writer.add(entry.name(), archive.open(entry), false);
                }
            }
            writer.addPacked("database/rows/tenant", out -> {});
            writer.finish(archive.facts());
        }
        Path target = directory.resolve("with-external");
        Restoration restoration = new Restoration(places(target), Optional.of(other), PROGRAMS);
        assertThatThrownBy(() -> restoration.from(orphaned))
                .hasMessageContaining("of the table tenant 0 rows came instead of 1");
        assertThat(one(other, "select count(*) from information_schema.tables where table_schema = 'public'"))
                .isEqualTo("0");
        assertThat(target).doesNotExist();

        restoration.from(backup);
        assertThat(one(other, "select name from tenant")).isEqualTo("acme");
        assertThat(target.resolve("secret.keys")).hasContent("key");
        assertThat(target.resolve("postgres")).doesNotExist();
    }

    @Test
    void whatAKilledRestorationLeftIsRemoved() throws Exception {
        Path target = directory.resolve("again");
        write(directory.resolve("again.restoring/git/half.git/HEAD"), "ref");
        run(access, "create database again");
        new Restoration(places(target), Optional.of(database("again")), PROGRAMS).from(backup);
        assertThat(target.resolve("git/half.git")).doesNotExist();
        assertThat(target.resolve("git/a.git/HEAD")).exists();
    }

    @Test
    void aDatabaseThatANewerSlipwayUsedIsRefused() throws Exception {
        Path newer = directory.resolve("newer.slipway");
        try (Archive archive = Archive.open(backup);
                ArchiveWriter writer = new ArchiveWriter(newer)) {
            for (ArchiveEntry entry : archive.entries()) {
                if (entry.kind() == ArchiveEntry.Kind.FILE) {
                    writer.add(entry.name(), archive.open(entry), false);
                }
            }
            writer.addPacked("database/migrations/V999__to_come.sql", out -> {});
            writer.finish(archive.facts());
        }
        assertThatThrownBy(() -> Restoration.check(newer))
                .hasMessageContaining("a newer Slipway wrote it: its database has had V999__to_come.sql");
    }

    @Test
    void thereIsNeverAnUnfinishedFileUnderTheNameOfABackup() {
        EmbeddedPostgres.Access wrong = new EmbeddedPostgres.Access(access.url(), access.user(), "wrong");
        Path file = directory.resolve("never.slipway");
        assertThatThrownBy(() -> new Backup(source, wrong, Optional.empty()).to(file, CLOCK))
                .hasMessageContaining("password authentication failed");
        assertThat(file).doesNotExist();
        assertThat(directory.resolve("never.slipway.partial")).doesNotExist();
        assertThatThrownBy(() -> new Backup(source, access, Optional.empty()).to(backup, CLOCK))
                .hasMessageContaining("it exists already");
    }

    private EmbeddedPostgres.Access database(String name) {
        return new EmbeddedPostgres.Access(
                access.url().replaceAll("/slipway$", "/" + name), access.user(), access.password());
    }

    private static Places places(Path home) {
        return new Places(
                home,
                home.resolve("git"),
                home.resolve("registry"),
                home.resolve("secret.keys"),
                home.resolve("ssh/host-ed25519"));
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static Map<String, String> files(Path home) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(home)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                String name = home.relativize(file).toString();
                if (!name.startsWith("postgres/")) {
                    files.put(name, Files.readString(file));
                }
            }
        }
        return files;
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** The rows of every table, as text. */
    private static Map<String, String> rows(EmbeddedPostgres.Access access) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        try (DatabaseDump dump = DatabaseDump.begin(access)) {
            for (DatabaseDump.Table table : dump.tables()) {
                ByteArrayOutputStream text = new ByteArrayOutputStream();
                dump.rows(table, text);
                rows.put(table.name(), text.toString(StandardCharsets.UTF_8));
            }
        }
        return rows;
    }

    private static void run(EmbeddedPostgres.Access access, String... statements) throws SQLException {
        try (Connection connection = open(access);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String one(EmbeddedPostgres.Access access, String query) throws SQLException {
        try (Connection connection = open(access);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection open(EmbeddedPostgres.Access access) throws SQLException {
        return DriverManager.getConnection(access.url(), access.user(), access.password());
    }
}
