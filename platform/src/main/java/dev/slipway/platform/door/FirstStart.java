package dev.slipway.platform.door;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Scopes;
import dev.slipway.tenancy.tenant.Account;
import dev.slipway.tenancy.tenant.Accounts;
import dev.slipway.tenancy.tenant.TokenRequest;
import dev.slipway.tenancy.tenant.Tokens;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Gives a new installation its first operator: name, password and a token go into {@code first-admin.json} under
 * SLIPWAY_HOME, which only its owner may read, and nowhere else.
 */
@ApplicationScoped
class FirstStart {
    private static final Logger LOG = Logger.getLogger(FirstStart.class);

    private final Accounts accounts;
    private final Tokens tokens;
    private final ObjectMapper json;
    private final Path file;

    FirstStart(Accounts accounts, Tokens tokens, ObjectMapper json, @ConfigProperty(name = "slipway.home") Path home) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.json = json;
        this.file = home.resolve("first-admin.json");
    }

    void start(@Observes @Priority(1500) StartupEvent event) {
        // The file is written before the commit: an admin whose password nobody has read must not exist.
        boolean made = QuarkusTransaction.requiringNew()
                .call(() -> accounts.firstAdmin()
                        .map(first -> {
                            Account account = first.account();
                            Principal.Person admin = new Principal.Person(
                                    account.id(), account.name().value(), true);
                            String token = tokens.issue(
                                            admin,
                                            TokenRequest.personal(account.id(), "first sign-in", Scopes.everything()))
                                    .plainText();
                            Map<String, String> content = new LinkedHashMap<>();
                            content.put("name", account.name().value());
                            content.put("password", first.password());
                            content.put("token", token);
                            write(content);
                            return true;
                        })
                        .orElse(false));
        if (made) {
            LOG.infof("first admin made file=%s", file);
        }
    }

    private void write(Map<String, String> content) {
        try {
            Files.createDirectories(file.getParent());
            Path temporary = Files.createTempFile(
                    file.getParent(),
                    "first-admin",
                    ".json",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(temporary, json.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the first admin's sign-in to " + file, e);
        }
    }
}
