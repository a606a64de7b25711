package dev.slipway.platform.command;

import dev.slipway.platform.app.InvalidSettingException;
import dev.slipway.tenancy.access.Authorizer;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.access.Subject;
import dev.slipway.tenancy.identity.PersonName;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.tenant.Account;
import dev.slipway.tenancy.tenant.Accounts;
import dev.slipway.tenancy.tenant.PasswordDoor;
import dev.slipway.tenancy.tenant.SignIn;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The people of an installation: who may sign in, and how. For operators, but for one's own password. */
@ApplicationScoped
public class PeopleCommands {
    private static final int PASSWORD_BYTES = 15;

    private final Authorizer authorizer;
    private final Accounts accounts;
    private final PasswordDoor door;
    private final SecureRandom random = new SecureRandom();

    PeopleCommands(Authorizer authorizer, Accounts accounts, PasswordDoor door) {
        this.authorizer = authorizer;
        this.accounts = accounts;
        this.door = door;
    }

    /**
     * A person.
     *
     * @param local whether they have a password here; others sign in by an identity provider or by key
     */
    public record PersonFacts(String name, boolean operator, boolean disabled, boolean local, Instant createdAt) {}

    /**
     * A person with a new password, which is shown this once.
     *
     * @param password plain text
     */
    public record WithPassword(PersonFacts person, String password) {
        @Override
        public String toString() {
            return "WithPassword[" + person.name() + "]";
        }
    }

    /** Everybody, by name. */
    public List<PersonFacts> list(Principal principal) {
        authorizer.require(principal, Permission.PLATFORM_VIEW, Subject.platform());
        return accounts.list().stream().map(PeopleCommands::facts).toList();
    }

    /** Creates a person with a password that nobody chose. */
    public WithPassword create(Principal principal, PersonName name, boolean operator) {
        String password = password();
        return new WithPassword(facts(accounts.create(principal, name, Optional.of(password), operator)), password);
    }

    /** Gives a person a password that nobody chose, in place of the one they had. */
    public WithPassword renew(Principal principal, PersonName name) {
        authorizer.require(principal, Permission.PLATFORM_OPERATE, Subject.platform());
        Account account = find(name);
        String password = password();
        accounts.setPassword(principal, account.id(), password);
        return new WithPassword(facts(find(name)), password);
    }

    /**
     * Disables a person, or enables them again; makes a person an operator, or takes that away.
     *
     * @param disabled empty to leave it as it is
     * @param operator empty to leave it as it is
     */
    public PersonFacts change(
            Principal principal, PersonName name, Optional<Boolean> disabled, Optional<Boolean> operator) {
        authorizer.require(principal, Permission.PLATFORM_OPERATE, Subject.platform());
        Account account = find(name);
        disabled.filter(wanted -> wanted != account.disabled())
                .ifPresent(wanted -> accounts.setDisabled(principal, account.id(), wanted));
        operator.filter(wanted -> wanted != account.operator())
                .ifPresent(wanted -> accounts.setOperator(principal, account.id(), wanted));
        return facts(find(name));
    }

    /**
     * Changes one's own password. The old one is asked for as at the door, and counts as an attempt there.
     *
     * @param address where the request comes from
     * @throws InvalidSettingException when the old one is wrong, or there were too many wrong ones
     */
    public void ownPassword(Principal.Person person, String old, String fresh, String address) {
        authorizer.require(person, Permission.ACCOUNT_WRITE, Subject.of(person.id()));
        switch (door.signIn(person.name(), old, address)) {
            case SignIn.SignedIn in -> accounts.setPassword(person, person.id(), fresh);
            case SignIn.Refused refused -> throw new InvalidSettingException("The old password is another one.");
            case SignIn.Locked locked -> throw new InvalidSettingException(locked.sentence());
        }
    }

    private Account find(PersonName name) {
        return accounts.find(name)
                .orElseThrow(() -> new UnknownNameException(
                        "person", name.value(), "There is no person " + name + ": people lists them."));
    }

    private String password() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static PersonFacts facts(Account account) {
        return new PersonFacts(
                account.name().value(), account.operator(), account.disabled(), account.local(), account.createdAt());
    }
}
