package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.RegistryCommands;
import dev.slipway.platform.command.RegistryCommands.CopiesFacts;
import dev.slipway.registry.collect.CollectionReport;
import dev.slipway.registry.collect.VerificationReport;
import dev.slipway.registry.repository.Flaw;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.quota.Unit;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code registry:gc}, {@code :verify}, {@code :copies}, {@code :replicate}: an operator looks after the store. */
@ApplicationScoped
class RegistryCareVerbs implements VerbGroup {
    private final AppCommands apps;
    private final RegistryCommands registry;

    RegistryCareVerbs(AppCommands apps, RegistryCommands registry) {
        this.apps = apps;
        this.registry = registry;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Collect::new, Verify::new, Copies::new, Replicate::new);
    }

    @Command(
            name = "registry:gc",
            description = "Clean the registry up beside what runs (operators).",
            footer = Verb.SSH + "registry:gc --dry-run")
    private final class Collect extends Verb {
        @Option(names = "--dry-run", description = "Only say what would be taken.")
        boolean dryRun;

        @Override
        int run(Call call) {
            CollectionReport report = registry.collect(call.principal(), dryRun);
            if (json) {
                call.console().value(report);
                return DONE;
            }
            call.console()
                    .line((dryRun ? "Would free " : "Freed ") + Unit.BYTES.tell(report.bytesFreed()) + ": "
                            + report.tags() + " tags, " + report.manifests() + " images, " + report.links()
                            + " links, " + report.blobs() + " blobs, " + report.uploads() + " abandoned uploads.");
            if (!report.skipped().isEmpty()) {
                call.console()
                        .line("Left alone, since it could not be found out what they need (the log says why): "
                                + report.skipped());
            }
            return report.complete() ? DONE : FAILED;
        }
    }

    @Command(
            name = "registry:copies",
            description = "List what is still to be copied to other registries (operators).",
            footer = Verb.SSH + "registry:copies")
    private final class Copies extends Verb {
        @Override
        int run(Call call) {
            CopiesFacts copies = registry.copies(call.principal());
            if (json) {
                call.console().value(copies);
                return DONE;
            }
            Table table = new Table("to", "image", "priority", "wanted", "attempts", "trouble");
            copies.waiting()
                    .forEach(copy -> table.row(
                            copy.target(),
                            copy.image(),
                            copy.priority(),
                            copy.wantedAt(),
                            copy.attempts(),
                            copy.trouble()));
            call.console().table(table, "Nothing is waiting.");
            copies.current()
                    .ifPresent(now -> call.console()
                            .line("Now " + now.image() + " to " + now.target() + ": "
                                    + Unit.BYTES.tell(now.bytesThere()) + " of " + Unit.BYTES.tell(now.bytes()) + "."));
            call.console().line("Sent " + Unit.BYTES.tell(copies.bytesSent()) + " since the start.");
            return DONE;
        }
    }

    @Command(
            name = "registry:replicate",
            description = "Copy an image to another registry of the settings (operators).",
            footer = Verb.SSH + "registry:replicate -a acme/shop v12 --to dc-b")
    private final class Replicate extends AppVerb {
        private static final int USUAL = 50;

        @Parameters(paramLabel = "REFERENCE", description = "A tag, or a digest (sha256:...).")
        String reference;

        @Option(names = "--to", paramLabel = "NAME", required = true, description = "Where to.")
        String target;

        @Option(names = "--priority", paramLabel = "N", description = "Lower goes first; 50 if not said.")
        int priority = USUAL;

        Replicate() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            registry.replicate(call.principal(), ref, reference, target, priority);
            if (json) {
                call.console().value(Map.of("image", reference, "to", target));
            } else {
                call.console().line(ref + ":" + reference + " will be copied to " + target + ".");
            }
            return DONE;
        }
    }

    @Command(
            name = "registry:verify",
            description = "Read and hash all that is in the registry (operators).",
            footer = Verb.SSH + "registry:verify --repair")
    private final class Verify extends Verb {
        @Option(names = "--repair", description = "Set right what can be; wrong content is set aside.")
        boolean repair;

        @Override
        int run(Call call) {
            VerificationReport report = registry.verify(call.principal(), repair);
            boolean sound = report.complete() && report.flaws().stream().allMatch(Flaw::repaired);
            if (json) {
                call.console().value(report);
                return sound ? DONE : FAILED;
            }
            Table table = new Table("what", "where", "subject", "state");
            report.flaws()
                    .forEach(flaw -> table.row(
                            flaw.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            flaw.repository(),
                            flaw.subject(),
                            flaw.repaired() ? "repaired" : "as it was"));
            call.console().table(table, "Everything is as it must be.");
            call.console()
                    .line("Read " + report.blobs() + " blobs of " + Unit.BYTES.tell(report.bytes()) + " in "
                            + report.repositories() + " repositories.");
            return sound ? DONE : FAILED;
        }
    }
}
