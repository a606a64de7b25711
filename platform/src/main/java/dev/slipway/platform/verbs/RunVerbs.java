package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.RunCommands;
import dev.slipway.platform.runtime.OneOff;
import dev.slipway.platform.ssh.Terminal;
import dev.slipway.platform.ssh.VerbCall;
import dev.slipway.tenancy.identity.AppRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code run}: a command with the person's terminal, or pipes, attached. */
@ApplicationScoped
class RunVerbs implements VerbGroup {
    private static final int BUFFER = 16 << 10;

    private final AppCommands apps;
    private final RunCommands commands;
    private final ExecutorService work;

    RunVerbs(AppCommands apps, RunCommands commands, ExecutorService work) {
        this.apps = apps;
        this.commands = commands;
        this.work = work;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Run::new);
    }

    @Command(
            name = "run",
            description = "Run a command in a fresh instance of the live release.",
            footer = "  ssh -t -p 2222 slipway@HOST run -a acme/shop bash")
    final class Run extends AppVerb {
        @Parameters(paramLabel = "COMMAND", arity = "1..*", description = "The command and its words.")
        List<String> command;

        Run() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) throws InterruptedException {
            Optional<Terminal> terminal = call.raw().terminal();
            try (OneOff running = commands.start(
                    call.principal(),
                    ref,
                    command,
                    terminal.map(tty -> new RunCommands.Window(tty.columns(), tty.rows())))) {
                terminal.ifPresent(tty -> attach(tty, running));
                return converse(call.raw(), running);
            }
        }
    }

    private static void attach(Terminal terminal, OneOff running) {
        running.resize(terminal.columns(), terminal.rows());
        terminal.onResize(running::resize);
        terminal.onSignal(signal -> {
            if (signal.equals("KILL") || signal.equals("TERM") || signal.equals("HUP")) {
                running.kill();
            }
        });
    }

    /** Carries the bytes to and fro until the command has ended and all it printed is shown. */
    private int converse(VerbCall call, OneOff running) throws InterruptedException {
        Future<?> input = work.submit(() -> feed(call.stdin(), running.stdin()));
        Future<?> errors = work.submit(() -> show(running.stderr(), call.stderr()));
        try {
            show(running.stdout(), call.stdout());
            errors.get();
            return running.waitForExit();
        } catch (ExecutionException e) {
            throw new UncheckedIOException(new IOException("the client or the command's output is gone", e.getCause()));
        } finally {
            input.cancel(true);
            errors.cancel(true);
        }
    }

    /** The end of the client's input ends the command's; a command that reads no more is no error. */
    private static void feed(InputStream from, OutputStream to) {
        try (to) {
            carry(from, to);
        } catch (IOException e) {
            // The command or the client is gone: the other directions tell.
        }
    }

    private static void show(InputStream from, OutputStream to) {
        try {
            carry(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void carry(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int read = from.read(buffer);
        while (read >= 0) {
            to.write(buffer, 0, read);
            to.flush();
            read = from.read(buffer);
        }
    }
}
