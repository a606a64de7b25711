package dev.slipway.platform.verbs;

import dev.slipway.platform.command.SiteCommands;
import dev.slipway.platform.command.SiteCommands.NodeFacts;
import dev.slipway.platform.command.SiteCommands.SiteFacts;
import dev.slipway.tenancy.quota.Unit;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sites}, {@code sites:info}, {@code sites:drain}, {@code sites:undrain}, {@code sites:attributes}, {@code nodes}. */
@ApplicationScoped
class SiteVerbs implements VerbGroup {
    private final SiteCommands sites;

    SiteVerbs(SiteCommands sites) {
        this.sites = sites;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Listing::new, Info::new, Drain::new, Undrain::new, Attributes::new, Nodes::new);
    }

    /** Reads {@code a=1 b=} into a map. */
    static Map<String, String> assignments(List<String> words) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new UsageException("Write NAME=VALUE, or NAME= to take it away, not " + word);
            }
            all.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return all;
    }

    private static String told(SortedMap<String, String> attributes) {
        return attributes.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    private static void show(Console console, List<SiteFacts> all) {
        Table table = new Table("site", "kind", "address", "state", "since", "nodes", "instances", "attributes");
        all.forEach(site -> table.row(
                site.site(),
                site.kind(),
                site.address(),
                site.state(),
                site.since(),
                site.nodes(),
                site.instances(),
                told(site.attributes())));
        console.table(table, "There is no site.");
    }

    private static void show(Console console, SiteFacts site) {
        if (console.json()) {
            console.value(site);
        } else {
            show(console, List.of(site));
        }
    }

    private static void showNodes(Console console, List<NodeFacts> all) {
        Table table = new Table("node", "takes more", "cpu free", "memory free", "attributes");
        all.forEach(node -> table.row(
                node.site() + "/" + node.node(),
                node.ready() ? "yes" : "no",
                node.cpuFree() + " of " + node.cpuMillis() + " thousandths",
                Unit.BYTES.tell(Math.max(0, node.memoryFree())) + " of " + Unit.BYTES.tell(node.memoryBytes()),
                told(node.attributes())));
        console.table(table, "No site has said yet what nodes it has.");
    }

    @Command(name = "sites", description = "List the sites (operators).", footer = Verb.SSH + "sites")
    private final class Listing extends Verb {
        @Override
        int run(Call call) {
            List<SiteFacts> all = sites.list(call.principal());
            if (json) {
                call.console().value(all);
            } else {
                show(call.console(), all);
            }
            return DONE;
        }
    }

    /** A verb about one site. */
    private abstract static class SiteVerb extends Verb {
        @Parameters(index = "0", paramLabel = "SITE", description = "The site's name.")
        String site;
    }

    @Command(
            name = "sites:info",
            description = "Show a site and its nodes (operators).",
            footer = Verb.SSH + "sites:info local")
    private final class Info extends SiteVerb {
        @Override
        int run(Call call) {
            SiteFacts facts = sites.info(call.principal(), site);
            List<NodeFacts> nodes = sites.nodes(call.principal(), Optional.of(site));
            if (json) {
                call.console().value(Map.of("site", facts, "nodes", nodes));
                return DONE;
            }
            show(call.console(), facts);
            call.console().line("");
            call.console().line(facts.says());
            if (facts.aside() > 0) {
                call.console()
                        .line(facts.aside() + " things run there that belong to nothing known here; sites:recover "
                                + facts.site() + " names them.");
            }
            call.console().line("");
            showNodes(call.console(), nodes);
            return DONE;
        }
    }

    @Command(
            name = "sites:drain",
            description = "Place nothing new at a site, and move what runs there to others (operators).",
            footer = Verb.SSH + "sites:drain dc-a")
    private final class Drain extends SiteVerb {
        @Override
        int run(Call call) {
            show(call.console(), sites.drain(call.principal(), site));
            return DONE;
        }
    }

    @Command(
            name = "sites:undrain",
            description = "Take a drained site into use again (operators).",
            footer = Verb.SSH + "sites:undrain dc-a")
    private final class Undrain extends SiteVerb {
        @Override
        int run(Call call) {
            show(call.console(), sites.undrain(call.principal(), site));
            return DONE;
        }
    }

    @Command(
            name = "sites:attributes",
            description = "Change what constraints may ask for of a site's nodes (operators).",
            footer = Verb.SSH + "sites:attributes dc-a region=north")
    private final class Attributes extends SiteVerb {
        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "NAME=VALUE",
                description = "Attributes; NAME= takes one away.")
        List<String> words;

        @Override
        int run(Call call) {
            show(call.console(), sites.attributes(call.principal(), site, assignments(words)));
            return DONE;
        }
    }

    @Command(
            name = "nodes",
            description = "List the nodes of all sites, or of one, and what is free of them (operators).",
            footer = Verb.SSH + "nodes local")
    private final class Nodes extends Verb {
        @Parameters(index = "0", arity = "0..1", paramLabel = "SITE", description = "Only this site's.")
        @Nullable
        String site;

        @Override
        int run(Call call) {
            List<NodeFacts> all = sites.nodes(call.principal(), Optional.ofNullable(site));
            if (json) {
                call.console().value(all);
            } else {
                showNodes(call.console(), all);
            }
            return DONE;
        }
    }
}
