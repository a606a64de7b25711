package dev.slipway.platform.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a running server writes into {@code postmaster.pid}: line 1 its pid, line 2 its data directory, line 4 its
 * port, line 8 its state.
 *
 * @param port 0 when the server has not come that far
 * @param ready whether it takes queries
 */
record PostmasterFile(long pid, Path data, int port, boolean ready) {
    private static final int LINE_PORT = 3;
    private static final int LINE_STATE = 7;

    /** Empty when there is no file, or one that no server could have left whole. */
    static Optional<PostmasterFile> read(Path file) {
        try {
            return parse(Files.readAllLines(file));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException cause) {
            throw new DatabaseException("read " + file, cause);
        }
    }

    static Optional<PostmasterFile> parse(List<String> lines) {
        if (lines.size() < 2) {
            return Optional.empty();
        }
        try {
            long pid = Long.parseLong(lines.get(0).strip());
            int port = lines.size() > LINE_PORT
                    ? Integer.parseInt(lines.get(LINE_PORT).strip())
                    : 0;
            boolean ready =
                    lines.size() > LINE_STATE && lines.get(LINE_STATE).strip().equals("ready");
            return Optional.of(new PostmasterFile(pid, Path.of(lines.get(1).strip()), port, ready));
        } catch (NumberFormatException torn) {
            return Optional.empty();
        }
    }

    /**
     * Whether the process of that number is the server of that directory and not, after a reboot, somebody else who was
     * given the same number.
     */
    boolean alive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::info)
                .filter(info -> info.command().orElse("").endsWith("/postgres"))
                .filter(info -> info.arguments()
                        .map(arguments -> List.of(arguments).contains(data.toString()))
                        .orElse(true))
                .isPresent();
    }
}
