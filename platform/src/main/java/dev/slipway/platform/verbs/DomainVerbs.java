package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.DomainCommands;
import dev.slipway.platform.command.DomainCommands.DomainFacts;
import dev.slipway.tenancy.identity.AppRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code domains}, {@code domains:add}, {@code domains:remove}. */
@ApplicationScoped
class DomainVerbs implements VerbGroup {
    private final AppCommands apps;
    private final DomainCommands domains;

    DomainVerbs(AppCommands apps, DomainCommands domains) {
        this.apps = apps;
        this.domains = domains;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Listing::new, Add::new, Remove::new);
    }

    @Command(
            name = "domains",
            description = "List the hosts an app answers to.",
            footer = Verb.SSH + "domains -a acme/shop")
    private final class Listing extends AppVerb {
        Listing() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            List<DomainFacts> all = domains.list(call.principal(), ref);
            if (json) {
                call.console().value(all);
                return DONE;
            }
            Table table = new Table("domain", "kind");
            all.forEach(domain -> table.row(domain.domain(), domain.given() ? "given by Slipway" : "custom"));
            call.console().table(table, "");
            return DONE;
        }
    }

    private abstract class OfDomain extends AppVerb {
        @Parameters(paramLabel = "DOMAIN", description = "For example shop.example.com.")
        String domain;

        OfDomain() {
            super(apps);
        }
    }

    @Command(
            name = "domains:add",
            description = "Let an app answer to a domain of its own.",
            footer = Verb.SSH + "domains:add -a acme/shop shop.example.com")
    private final class Add extends OfDomain {
        @Override
        int run(Call call, AppRef ref) {
            DomainFacts added = domains.add(call.principal(), ref, domain);
            if (json) {
                call.console().value(added);
            } else {
                call.console().line(ref + " answers to " + added.domain() + " once its DNS points here.");
            }
            return DONE;
        }
    }

    @Command(
            name = "domains:remove",
            description = "Take a custom domain from an app.",
            footer = Verb.SSH + "domains:remove -a acme/shop shop.example.com")
    private final class Remove extends OfDomain {
        @Override
        int run(Call call, AppRef ref) {
            domains.remove(call.principal(), ref, domain);
            if (json) {
                call.console().value(Map.of("removed", domain));
            } else {
                call.console().line("Removed " + domain + ".");
            }
            return DONE;
        }
    }
}
