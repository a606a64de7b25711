package dev.slipway.platform.verbs;

import dev.slipway.platform.command.RegistryCommands;
import dev.slipway.registry.collect.CollectionReport;
import dev.slipway.registry.collect.VerificationReport;
import dev.slipway.registry.repository.Flaw;
import dev.slipway.tenancy.quota.Unit;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code registry:gc}, {@code registry:verify}: an operator looks after the store. */
@ApplicationScoped
class RegistryCareVerbs implements VerbGroup {
    private final RegistryCommands registry;

    RegistryCareVerbs(RegistryCommands registry) {
        this.registry = registry;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Collect::new, Verify::new);
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
