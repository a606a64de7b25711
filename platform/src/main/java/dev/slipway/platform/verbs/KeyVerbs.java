package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AccountCommands;
import dev.slipway.platform.command.AccountCommands.KeyFacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code keys}, {@code keys:add}, {@code keys:remove}. */
@ApplicationScoped
class KeyVerbs implements VerbGroup {
    private static final int LONGEST_LINE = 16 << 10;

    private final AccountCommands account;

    KeyVerbs(AccountCommands account) {
        this.account = account;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Listing::new, Add::new, Remove::new);
    }

    @Command(name = "keys", description = "List your ssh keys.", footer = Verb.SSH + "keys")
    private final class Listing extends Verb {
        @Override
        int run(Call call) {
            List<KeyFacts> keys = account.keys(call.principal());
            if (json) {
                call.console().value(keys);
                return DONE;
            }
            Table table = new Table("fingerprint", "kind", "comment", "added");
            keys.forEach(key -> table.row(key.fingerprint(), key.kind(), key.comment(), key.createdAt()));
            call.console().table(table, "You have no keys.");
            return DONE;
        }
    }

    @Command(
            name = "keys:add",
            description = "Add an ssh key; without words it is read from the input.",
            footer = Verb.SSH + "keys:add < ~/.ssh/id_ed25519.pub")
    private final class Add extends Verb {
        @Parameters(paramLabel = "KEY", arity = "0..*", description = "The line of the .pub file.")
        @Nullable
        List<String> words;

        @Override
        int run(Call call) {
            String line = words == null || words.isEmpty() ? read(call.raw().stdin()) : String.join(" ", words);
            KeyFacts added = account.addKey(call.principal(), line);
            if (json) {
                call.console().value(added);
            } else {
                call.console().line("Added " + added.fingerprint() + ".");
            }
            return DONE;
        }
    }

    private static String read(InputStream stdin) {
        try {
            return new String(stdin.readNBytes(LONGEST_LINE), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Command(
            name = "keys:remove",
            description = "Remove one of your ssh keys.",
            footer = Verb.SSH + "keys:remove SHA256:mVPwvezndPv/ARoIadVY98vAC0g+P/5633yTC4d/wXE")
    private final class Remove extends Verb {
        @Parameters(paramLabel = "FINGERPRINT", description = "As keys shows it.")
        String which;

        @Override
        int run(Call call) {
            account.removeKey(call.principal(), which);
            if (json) {
                call.console().value(Map.of("removed", which));
            } else {
                call.console().line("Removed " + which + ".");
            }
            return DONE;
        }
    }
}
