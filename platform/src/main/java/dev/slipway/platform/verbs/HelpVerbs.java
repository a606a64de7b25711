package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AccountCommands;
import dev.slipway.platform.command.AccountCommands.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code help}, {@code whoami}. */
@ApplicationScoped
class HelpVerbs implements VerbGroup {
    private final AccountCommands account;
    private final Provider<VerbCatalogue> catalogue;

    HelpVerbs(AccountCommands account, Provider<VerbCatalogue> catalogue) {
        this.account = account;
        this.catalogue = catalogue;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Help::new, WhoAmI::new);
    }

    @Command(name = "help", description = "List the verbs, or explain one.", footer = Verb.SSH + "help ps:scale")
    private final class Help extends Verb {
        @Parameters(paramLabel = "VERB", arity = "0..1", description = "The verb to explain.")
        @Nullable
        String verb;

        @Override
        int run(Call call) {
            VerbCatalogue all = catalogue.get();
            String name = verb;
            if (name == null && json) {
                call.console().value(Map.of("verbs", List.copyOf(all.names())));
                return DONE;
            }
            String text = name == null
                    ? all.overview()
                    : VerbCatalogue.explain(all.make(name)
                            .orElseThrow(() -> new UsageException("There is no such verb." + near(all, name))));
            if (json) {
                call.console().value(Map.of("help", text));
            } else {
                call.console().text(text);
            }
            return DONE;
        }
    }

    private static String near(VerbCatalogue all, String name) {
        List<String> near = all.near(name);
        return near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?";
    }

    @Command(name = "whoami", description = "Show who you are signed in as.", footer = Verb.SSH + "whoami")
    private final class WhoAmI extends Verb {
        @Override
        int run(Call call) {
            Identity me = account.whoAmI(call.principal());
            if (json) {
                call.console().value(me);
                return DONE;
            }
            Table table =
                    new Table("name", me.name()).row("kind", me.operator() ? me.kind() + ", operator" : me.kind());
            me.roles().forEach((tenant, role) -> table.row("tenant " + tenant, role));
            me.scopes().ifPresent(scopes -> table.row("token scopes", scopes));
            call.console().table(table, "");
            return DONE;
        }
    }
}
