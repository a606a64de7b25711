package dev.slipway.platform.verbs;

import dev.slipway.platform.command.SiteCommands.SiteFacts;
import dev.slipway.platform.command.SiteJoining;
import dev.slipway.platform.command.SiteRecovery;
import dev.slipway.platform.command.SiteRecovery.RecoveryFacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sites:join}, {@code sites:change}, {@code sites:leave}, {@code sites:recover}, {@code sites:retire}. */
@ApplicationScoped
class SiteJoiningVerbs implements VerbGroup {
    private static final int LONGEST_INPUT = 256 << 10;
    private static final String FROM_INPUT = "-";
    private static final String MESOS = "mesos";
    private static final String DOCKER = "docker";

    private final SiteJoining joining;
    private final SiteRecovery recovery;

    SiteJoiningVerbs(SiteJoining joining, SiteRecovery recovery) {
        this.joining = joining;
        this.recovery = recovery;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Join::new, Change::new, Leave::new, Recover::new, Retire::new);
    }

    /** Reads settings; one of them may be {@code NAME=-}, which is read from the input, so that no shell keeps it. */
    private static Map<String, String> settings(@Nullable List<String> words, Verb.Call call) {
        Map<String, String> all = new LinkedHashMap<>(SiteVerbs.assignments(words == null ? List.of() : words));
        List<String> read = all.entrySet().stream()
                .filter(entry -> entry.getValue().equals(FROM_INPUT))
                .map(Map.Entry::getKey)
                .toList();
        if (read.size() > 1) {
            throw new UsageException("Only one setting can be read from the input, not " + String.join(" and ", read));
        }
        read.forEach(name -> all.put(name, input(call)));
        return all;
    }

    private static String input(Verb.Call call) {
        try {
            return new String(call.raw().stdin().readNBytes(LONGEST_INPUT), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which kind of site it is, and where. */
    static final class Where {
        @Option(
                names = "--mesos",
                paramLabel = "ADDRESS",
                description = "Its masters: host:port,host:port or zk://host:port,host:port/path.")
        @Nullable
        String masters;

        @Option(
                names = "--docker",
                paramLabel = "HOSTS",
                description = "Its machines: host,host:port; the port is 2376 if nothing is said.")
        @Nullable
        String hosts;
    }

    private static int done(Verb.Call call, SiteFacts site) {
        if (call.console().json()) {
            call.console().value(site);
        } else {
            call.console().line("Site " + site.site() + " (" + site.state() + "): " + site.says());
            if (!site.paste().isEmpty()) {
                call.console()
                        .line("Paste on each of its machines, in the order of their addresses. This is shown once:");
                site.paste().forEach(call.console()::line);
            }
        }
        return Verb.DONE;
    }

    @Command(
            name = "sites:join",
            description = {
                "Take a Mesos cluster, or machines with Docker Engine, for a site (operators).",
                "Docker hosts without settings are given certificates by a command for each to be pasted there; with"
                        + " certificates of their own the settings are ca, cert and key, in PEM.",
                "Settings of Mesos: principal and secret, or token; tls and ca; containerizer, user, webui, patience,"
                        + " failover-timeout, gpus. NAME=- is read from the input."
            },
            footer = Verb.SSH + "sites:join dc-a --mesos m1.dc-a:5050 token=-")
    private final class Join extends Verb {
        @Parameters(index = "0", paramLabel = "SITE", description = "The site's name, for ever.")
        String site;

        @ArgGroup(multiplicity = "1")
        Where where = new Where();

        @Option(names = "--attribute", paramLabel = "NAME=VALUE", description = "What constraints may ask for.")
        @Nullable
        List<String> attributes;

        @Option(
                names = "--framework",
                paramLabel = "ID",
                description = "Take over what the cluster keeps of a Slipway; or new.")
        @Nullable
        String framework;

        @Parameters(index = "1..*", arity = "0..*", paramLabel = "NAME=VALUE", description = "Settings, as above.")
        @Nullable
        List<String> words;

        @Override
        int run(Call call) {
            return done(
                    call,
                    joining.join(
                            call.principal(),
                            new SiteJoining.Wanted(
                                    site,
                                    where.masters == null ? DOCKER : MESOS,
                                    Objects.requireNonNullElse(
                                            where.masters, Objects.requireNonNullElse(where.hosts, "")),
                                    settings(words, call),
                                    SiteVerbs.assignments(attributes == null ? List.of() : attributes),
                                    Optional.ofNullable(framework))));
        }
    }

    @Command(
            name = "sites:change",
            description = "Change where a site's masters or hosts are and how they are spoken with (operators).",
            footer = Verb.SSH + "sites:change dc-a --mesos m2.dc-a:5050")
    private final class Change extends Verb {
        @Parameters(index = "0", paramLabel = "SITE", description = "The site's name.")
        String site;

        @Option(
                names = {"--mesos", "--docker"},
                paramLabel = "ADDRESS",
                description = "Its masters or hosts, as for sites:join.")
        @Nullable
        String masters;

        @Parameters(
                index = "1..*",
                arity = "0..*",
                paramLabel = "NAME=VALUE",
                description = "Settings, as for sites:join; NAME= takes one away.")
        @Nullable
        List<String> words;

        @Override
        int run(Call call) {
            return done(
                    call, joining.change(call.principal(), site, Optional.ofNullable(masters), settings(words, call)));
        }
    }

    @Command(
            name = "sites:leave",
            description = "Let a site go on which nothing runs any more (operators).",
            footer = Verb.SSH + "sites:leave dc-a")
    private final class Leave extends Verb {
        @Parameters(index = "0", paramLabel = "SITE", description = "The site's name.")
        String site;

        @Option(names = "--lost", description = "Its cluster is gone for good: give up what ran there.")
        boolean lost;

        @Override
        int run(Call call) {
            joining.leave(call.principal(), site, lost);
            if (json) {
                call.console().value(Map.of("left", site));
            } else {
                call.console().line("Site " + site + " has left.");
            }
            return DONE;
        }
    }

    @Command(
            name = "sites:recover",
            description = "Take over what a site's cluster runs and the database does not know (operators).",
            footer = Verb.SSH + "sites:recover dc-a")
    private final class Recover extends Verb {
        @Parameters(index = "0", paramLabel = "SITE", description = "The site's name.")
        String site;

        @Option(names = "--framework", paramLabel = "ID", description = "Under which framework it runs.")
        @Nullable
        String framework;

        @Option(names = "--end-rest", description = "End what belongs to nothing that is known here.")
        boolean endRest;

        @Override
        int run(Call call) {
            RecoveryFacts facts = recovery.recover(call.principal(), site, Optional.ofNullable(framework), endRest);
            if (json) {
                call.console().value(facts);
                return DONE;
            }
            call.console()
                    .line("Site " + facts.site() + " runs as framework " + facts.registration() + ": "
                            + facts.kept().size() + " instances are known, "
                            + facts.aside().size() + " are left alone, "
                            + facts.ended().size() + " are ended.");
            facts.kept().forEach(name -> call.console().line("  known       " + name));
            facts.aside().forEach(name -> call.console().line("  left alone  " + name));
            facts.ended().forEach(name -> call.console().line("  ended       " + name));
            return DONE;
        }
    }

    @Command(
            name = "sites:retire",
            description = "Give up everything that a site's cluster runs, and begin there anew (operators).",
            footer = Verb.SSH + "sites:retire dc-a --confirm dc-a")
    private final class Retire extends Verb {
        @Parameters(index = "0", paramLabel = "SITE", description = "The site's name.")
        String site;

        @Option(names = "--confirm", paramLabel = "SITE", required = true, description = "The site's name again.")
        String confirmation;

        @Override
        int run(Call call) {
            return done(call, recovery.retire(call.principal(), site, confirmation));
        }
    }
}
