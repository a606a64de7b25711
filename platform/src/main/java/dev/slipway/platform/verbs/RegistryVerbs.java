package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AppCommands;
import dev.slipway.platform.command.RegistryCommands;
import dev.slipway.platform.command.RegistryCommands.ImageFacts;
import dev.slipway.platform.command.RegistryCommands.StorageFacts;
import dev.slipway.platform.command.TenantCommands;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.quota.Unit;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code registry}, {@code registry:usage}, {@code registry:delete}, {@code registry:export}, {@code registry:import}. */
@ApplicationScoped
class RegistryVerbs implements VerbGroup {
    private static final int SHORT_DIGEST = 19;

    private final AppCommands apps;
    private final TenantCommands tenants;
    private final RegistryCommands registry;

    RegistryVerbs(AppCommands apps, TenantCommands tenants, RegistryCommands registry) {
        this.apps = apps;
        this.tenants = tenants;
        this.registry = registry;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Images::new, Usage::new, Delete::new, Export::new, Import::new);
    }

    @Command(
            name = "registry",
            description = "List an app's images: tags, sizes, who pushed them, which releases are made of them.",
            footer = Verb.SSH + "registry -a acme/shop")
    private final class Images extends AppVerb {
        Images() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            List<ImageFacts> all = registry.images(call.principal(), ref);
            if (json) {
                call.console().value(all);
                return DONE;
            }
            Table table = new Table("image", "tags", "size", "layers", "pushed", "by", "releases", "about it");
            all.forEach(image -> table.row(
                    image.digest().substring(0, SHORT_DIGEST),
                    image.tags(),
                    Unit.BYTES.tell(image.bytes()),
                    image.layers().size(),
                    image.pushedAt(),
                    image.pushedBy(),
                    image.releases(),
                    image.referrers()));
            call.console().table(table, ref + " has no image yet.");
            return DONE;
        }
    }

    @Command(
            name = "registry:usage",
            description = "Show what a tenant's apps take in the registry.",
            footer = Verb.SSH + "registry:usage -t acme")
    private final class Usage extends TenantVerb {
        Usage() {
            super(tenants);
        }

        @Override
        int run(Call call, TenantName name) {
            List<StorageFacts> all = registry.usage(call.principal(), name);
            if (json) {
                call.console().value(all);
                return DONE;
            }
            Table table = new Table("app", "tags", "images", "size", "its own");
            all.forEach(app -> table.row(
                    app.app(),
                    app.tags(),
                    app.images(),
                    Unit.BYTES.tell(app.bytes()),
                    Unit.BYTES.tell(app.ownBytes())));
            call.console().table(table, name + " has nothing in the registry yet.");
            return DONE;
        }
    }

    @Command(
            name = "registry:delete",
            description = "Delete a tag, or by digest an image with all its tags.",
            footer = Verb.SSH + "registry:delete -a acme/shop v1-rc1")
    private final class Delete extends AppVerb {
        @Parameters(paramLabel = "REFERENCE", description = "A tag, or a digest (sha256:...).")
        String reference;

        Delete() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            registry.delete(call.principal(), ref, reference);
            if (json) {
                call.console().value(Map.of("deleted", reference));
            } else {
                call.console().line("Deleted " + reference + " from " + ref + "; its bytes go with the next clean-up.");
            }
            return DONE;
        }
    }

    @Command(
            name = "registry:export",
            description = "Write an image as a tar (OCI image layout) to standard output.",
            footer = Verb.SSH + "registry:export -a acme/shop v12")
    private final class Export extends AppVerb {
        @Parameters(paramLabel = "REFERENCE", description = "A tag, or a digest (sha256:...).")
        String reference;

        Export() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            registry.export(call.principal(), ref, reference).to(call.raw().stdout());
            return DONE;
        }
    }

    @Command(
            name = "registry:import",
            description = "Bring the images of a tar (OCI image layout) from standard input.",
            footer = Verb.SSH + "registry:import -a acme/shop --tag v12 < image.tar")
    private final class Import extends AppVerb {
        @Option(names = "--tag", paramLabel = "TAG", description = "What to call it; else as the archive says.")
        @Nullable
        String tag;

        Import() {
            super(apps);
        }

        @Override
        int run(Call call, AppRef ref) {
            List<String> brought = registry.bring(
                    call.principal(), ref, Optional.ofNullable(tag), call.raw().stdin());
            if (json) {
                call.console().value(Map.of("images", brought));
            } else {
                brought.forEach(digest -> call.console().line("Brought " + digest + "."));
            }
            return DONE;
        }
    }
}
