package dev.slipway.platform.verbs;

import dev.slipway.platform.command.PeopleCommands;
import dev.slipway.platform.command.PeopleCommands.PersonFacts;
import dev.slipway.platform.command.PeopleCommands.WithPassword;
import dev.slipway.tenancy.identity.PersonName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The people of the installation, for operators. */
@ApplicationScoped
class PeopleVerbs implements VerbGroup {
    private final PeopleCommands people;

    PeopleVerbs(PeopleCommands people) {
        this.people = people;
    }

    @Override
    public List<Supplier<Verb>> verbs() {
        return List.of(Listing::new, Create::new, Change::new, Password::new);
    }

    @Command(
            name = "people",
            description = "List everybody who has an account (operators).",
            footer = Verb.SSH + "people")
    private final class Listing extends Verb {
        @Override
        int run(Call call) {
            List<PersonFacts> all = people.list(call.principal());
            if (json) {
                call.console().value(all);
                return DONE;
            }
            Table table = new Table("person", "operator", "password", "state", "since");
            all.forEach(person -> table.row(
                    person.name(),
                    person.operator() ? "yes" : "",
                    person.local() ? "yes" : "",
                    person.disabled() ? "disabled" : "active",
                    person.createdAt()));
            call.console().table(table, "Nobody has an account.");
            return DONE;
        }
    }

    /** About one person. */
    private abstract static class PersonVerb extends Verb {
        @Parameters(paramLabel = "PERSON", description = "The person's name.")
        String person;

        final PersonName name() {
            return PersonName.parse(person);
        }

        final int tell(Call call, WithPassword made) {
            if (json) {
                call.console().value(made);
            } else {
                call.console().line(made.password());
            }
            return DONE;
        }
    }

    @Command(
            name = "people:create",
            description = "Create a person and print the password, this once (operators).",
            footer = Verb.SSH + "people:create ada")
    private final class Create extends PersonVerb {
        @Option(names = "--operator", description = "Make the person an operator.")
        boolean operator;

        @Override
        int run(Call call) {
            return tell(call, people.create(call.principal(), name(), operator));
        }
    }

    @Command(
            name = "people:change",
            description = "Disable a person, or make one an operator, or the contrary (operators).",
            footer = Verb.SSH + "people:change ada --disabled")
    private final class Change extends PersonVerb {
        @Option(names = "--disabled", negatable = true, description = "Shut all doors; --no-disabled opens them again.")
        Optional<Boolean> disabled = Optional.empty();

        @Option(names = "--operator", negatable = true, description = "Make an operator; --no-operator takes it away.")
        Optional<Boolean> operator = Optional.empty();

        @Override
        int run(Call call) {
            PersonFacts changed = people.change(call.principal(), name(), disabled, operator);
            if (json) {
                call.console().value(changed);
            } else {
                call.console()
                        .line(changed.name() + " is " + (changed.disabled() ? "disabled" : "active")
                                + (changed.operator() ? ", an operator." : "."));
            }
            return DONE;
        }
    }

    @Command(
            name = "people:password",
            description = "Give a person another password and print it, this once (operators).",
            footer = Verb.SSH + "people:password ada")
    private final class Password extends PersonVerb {
        @Override
        int run(Call call) {
            return tell(call, people.renew(call.principal(), name()));
        }
    }
}
