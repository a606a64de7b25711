package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.LogCommands;
import dev.slipway.platform.command.LogLine;
import dev.slipway.platform.command.LogRequest;
import dev.slipway.tenancy.identity.AppRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code logs}. */
@ApplicationScoped
class LogVerbs implements VerbGroup {
    private final AppCommands apps;
    private final LogCommands logs;

    LogVerbs(AppCommands apps, LogCommands logs) {
        this.apps = apps;
        this.logs = logs;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Logs::new);
    }

    @Command(
            name = "logs",
            description = "Show what an app's instances write.",
            footer = Verb.SSH + "logs -a acme/shop -f -n 200 -p web")
    private final class Logs extends AppVerb {
        @Option(
                names = {"-f", "--follow"},
                description = "Go on with what comes, also over restarts.")
        boolean follow;

        @Option(
                names = "-n",
                paramLabel = "N",
                defaultValue = "100",
                description = "Lines of the past; 100 if not said.")
        int lines;

        @Option(names = "-p", paramLabel = "TYPE", description = "Only this process type (web) or instance (web.1).")
        @Nullable
        String process;

        Logs() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) throws InterruptedException {
            LogRequest request = new LogRequest(Optional.ofNullable(process), lines);
            LogLine.Sink sink = line -> {
                show(call.console(), line);
                return true;
            };
            if (follow) {
                logs.follow(call.principal(), ref, request).to(sink);
            } else {
                logs.tail(call.principal(), ref, request).forEach(sink::accept);
            }
            return DONE;
        }
    }

    private static void show(Console console, LogLine line) {
        if (console.json()) {
            console.value(line);
        } else {
            console.line(line.at().truncatedTo(ChronoUnit.MILLIS) + " " + line.instance() + " | " + line.text());
        }
    }
}
