package dev.slipway.platform.runtime.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A file system of 2 MB with a shell, made of the system's static busybox; nothing is pulled. */
final class TestSystem {

    private static final List<String> COMMANDS = List.of(
            "sh",
            "echo",
            "cat",
            "sleep",
            "nc",
            "true",
            "false",
            "id",
            "ls",
            "stty",
            "wget",
            "ps",
            "dd",
            "touch",
            "env",
            "rm",
            "mkdir",
            "readlink",
            "grep",
            "head",
            "yes",
            "tail",
            "seq",
            "kill",
            "nslookup",
            "hostname",
            "ip");

    private TestSystem() {}

    /** The layer as a tar, always the same bytes. */
    static byte[] layer() throws IOException, InterruptedException {
        byte[] busybox = Files.readAllBytes(busybox());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (String directory : List.of("bin/", "etc/", "tmp/", "root/", "workspace/")) {
                TarArchiveEntry entry = new TarArchiveEntry(directory);
                entry.setModTime(0);
                entry.setMode(directory.equals("tmp/") ? 01777 : 0755);
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
            TarArchiveEntry program = new TarArchiveEntry("bin/busybox");
            program.setSize(busybox.length);
            program.setMode(0755);
            program.setModTime(0);
            tar.putArchiveEntry(program);
            tar.write(busybox);
            tar.closeArchiveEntry();
            for (String command : COMMANDS) {
                TarArchiveEntry link = new TarArchiveEntry("bin/" + command, TarConstants.LF_SYMLINK);
                link.setLinkName("busybox");
                link.setModTime(0);
                tar.putArchiveEntry(link);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static Path busybox() throws IOException, InterruptedException {
        Path installed = Path.of("/usr/bin/busybox");
        if (Files.isExecutable(installed)) {
            return installed;
        }
        Path directory = Path.of("target", "test-system").toAbsolutePath();
        Path unpacked = directory.resolve("root/bin/busybox");
        if (!Files.exists(unpacked)) {
            Files.createDirectories(directory);
            run(directory, "apt-get", "-q", "download", "busybox-static");
            try (Stream<Path> files = Files.list(directory)) {
                Path archive = files.filter(file -> file.toString().endsWith(".deb"))
                        .findFirst()
                        .orElseThrow();
                run(directory, "dpkg-deb", "-x", archive.toString(), "root");
            }
        }
        return unpacked;
    }

    private static void run(Path directory, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + output);
        }
    }
}
