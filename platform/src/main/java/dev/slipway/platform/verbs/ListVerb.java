package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.Page;
import dev.slipway.platform.command.PageRequest;
import dev.slipway.tenancy.identity.AppRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A verb that shows a page of what an app has, newest first. */
abstract class ListVerb<T> extends AppVerb {
    @Option(names = "-n", paramLabel = "N", defaultValue = "20", description = "How many to show; 20 if not said.")
    int limit;

    @Option(names = "--before", paramLabel = "CURSOR", description = "Only those older than this one.")
    @Nullable
    String before;

    ListVerb(AppCommands apps) {
        super(apps);
    }

    @Override
    final int run(Call call, AppRef ref) {
        Page<T> page = page(call, ref, PageRequest.after(Optional.ofNullable(before), limit));
        if (json) {
            call.console().value(page);
            return DONE;
        }
        call.console().table(table(page), "None yet.");
        page.next().ifPresent(next -> call.console().line("Older ones: --before " + next));
        return DONE;
    }

    abstract Page<T> page(Call call, AppRef ref, PageRequest request);

    abstract Table table(Page<T> page);
}
