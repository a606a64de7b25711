package dev.slipway.platform.verbs;

import dev.slipway.platform.command.AccountCommands;
import dev.slipway.platform.command.AccountCommands.NewToken;
import dev.slipway.platform.command.AccountCommands.TokenFacts;
import dev.slipway.tenancy.access.Reach;
import dev.slipway.tenancy.access.Scopes;
import dev.slipway.tenancy.identity.AppRef;
import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.tenancy.identity.TokenId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tokens}, {@code tokens:create}, {@code tokens:revoke}. */
@ApplicationScoped
class TokenVerbs implements VerbGroup {
    private final AccountCommands account;

    TokenVerbs(AccountCommands account) {
        this.account = account;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Listing::new, Create::new, Rotate::new, Revoke::new);
    }

    @Command(
            name = "tokens",
            description = "List your tokens, or the robots' of a tenant.",
            footer = Verb.SSH + "tokens -t acme")
    private final class Listing extends Verb {
        @Option(
                names = {"-t", "--tenant"},
                paramLabel = "TENANT",
                description = "The robots' tokens of this tenant.")
        @Nullable
        String tenant;

        @Override
        int run(Call call) {
            List<TokenFacts> tokens = tenant == null
                    ? account.tokens(call.principal())
                    : account.robots(call.principal(), TenantName.parse(tenant));
            if (json) {
                call.console().value(tokens);
                return DONE;
            }
            Table table = new Table("id", "name", "scopes", "reach", "state", "expires", "last used");
            tokens.forEach(token -> table.row(
                    token.id(),
                    token.name(),
                    token.scopes(),
                    token.reach(),
                    token.state(),
                    token.expiresAt(),
                    token.lastUsedAt()));
            call.console().table(table, "No tokens.");
            return DONE;
        }
    }

    @Command(
            name = "tokens:create",
            description = "Create a token for yourself, or for a robot of a tenant or app; it is shown once.",
            footer = Verb.SSH + "tokens:create ci --scope deploy --robot acme/shop --days 90")
    private final class Create extends Verb {
        @Parameters(paramLabel = "NAME", description = "To tell tokens apart.")
        String name;

        @Option(
                names = "--scope",
                paramLabel = "SCOPE",
                defaultValue = "read",
                description = "read, deploy, admin or a permission; may be given more than once; read if not said.")
        List<String> scopes;

        @Option(
                names = "--robot",
                paramLabel = "TENANT[/APP]",
                description = "Belongs to this tenant or app instead of to you.")
        @Nullable
        String robot;

        @Option(names = "--days", paramLabel = "N", description = "How long it lives.")
        @Nullable
        Integer days;

        @Override
        int run(Call call) {
            Optional<Duration> life = Optional.ofNullable(days).map(Duration::ofDays);
            NewToken made = robot == null
                    ? account.createToken(call.principal(), name, Scopes.parse(scopes), life)
                    : account.createRobot(call.principal(), name, Scopes.parse(scopes), reach(robot), life);
            if (json) {
                call.console().value(made);
            } else {
                call.console().line(made.token());
                call.console()
                        .line("This is shown once. It expires "
                                + Table.text(made.facts().expiresAt()) + ".");
            }
            return DONE;
        }
    }

    private static Reach reach(String text) {
        return text.indexOf('/') < 0 ? Reach.tenant(TenantName.parse(text)) : Reach.app(AppRef.parse(text));
    }

    @Command(
            name = "tokens:rotate",
            description = "Put a new token in the place of one, which stays good for a while; it is shown once.",
            footer = Verb.SSH + "tokens:rotate 7c9e6679-7425-40de-944b-e07fc1f90ae7")
    private final class Rotate extends Verb {
        @Parameters(paramLabel = "ID", description = "As tokens shows it.")
        String id;

        @Option(
                names = "--overlap",
                paramLabel = "MINUTES",
                defaultValue = "60",
                description = "How long the old one stays good; an hour if not said, seven days at most.")
        int overlap;

        @Override
        int run(Call call) {
            NewToken made = account.rotateToken(call.principal(), TokenId.parse(id), Duration.ofMinutes(overlap));
            if (json) {
                call.console().value(made);
            } else {
                call.console().line(made.token());
                call.console()
                        .line("This is shown once. It expires "
                                + Table.text(made.facts().expiresAt()) + "; the old one is good for " + overlap
                                + " minutes more.");
            }
            return DONE;
        }
    }

    @Command(
            name = "tokens:revoke",
            description = "Revoke a token at once.",
            footer = Verb.SSH + "tokens:revoke 7c9e6679-7425-40de-944b-e07fc1f90ae7")
    private final class Revoke extends Verb {
        @Parameters(paramLabel = "ID", description = "As tokens shows it.")
        String id;

        @Override
        int run(Call call) {
            account.revokeToken(call.principal(), TokenId.parse(id));
            if (json) {
                call.console().value(Map.of("revoked", id));
            } else {
                call.console().line("Revoked " + id + ".");
            }
            return DONE;
        }
    }
}
