package dev.slipway.platform.ssh;

import dev.slipway.tenancy.access.Principal;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One command typed after {@code ssh HOST}.
 *
 * @param principal who is signed in
 * @param arguments the command line split like a shell does (quotes and backslashes, no expansion); empty for a bare login
 * @param environment what the client sent by {@code SendEnv}, only names of the allowed list ({@code LANG}, {@code LC_*}, {@code
 *     TERM}, {@code COLORTERM})
 * @param stdin what the client types; ends when the client sends end of file
 * @param stdout to the client; flush to show
 * @param stderr to the client's stderr; flush to show
 * @param terminal present if the client asked for a tty
 */
public record VerbCall(
        Principal principal,
        List<String> arguments,
        Map<String, String> environment,
        InputStream stdin,
        OutputStream stdout,
        OutputStream stderr,
        Optional<Terminal> terminal) {
    /** Copies the collections. */
    public VerbCall {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }
}
