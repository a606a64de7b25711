package dev.slipway.platform.verbs;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.platform.ssh.VerbCall;
import dev.slipway.platform.ssh.VerbRunner;
import dev.slipway.tenancy.identity.RefusalException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import picocli.CommandLine;

/** Takes a command line, finds the verb, runs it, and says what went wrong in one form for all. */
@ApplicationScoped
class Verbs implements VerbRunner {
    private static final Logger LOG = Logger.getLogger(Verbs.class);
    private static final int LONGEST_SHOWN = 40;

    private final VerbCatalogue catalogue;
    private final ObjectMapper mapper;

    Verbs(VerbCatalogue catalogue, ObjectMapper mapper) {
        this.catalogue = catalogue;
        this.mapper = mapper;
    }

    @Override
    public int run(VerbCall call) throws InterruptedException {
        List<String> typed = call.arguments();
        Console console = console(call, typed.contains("--json"));
        try {
            if (typed.isEmpty()
                    || typed.getFirst().equals("--help")
                    || typed.getFirst().equals("-h")) {
                console.text(catalogue.overview());
                return Verb.DONE;
            }
            Optional<Verb> verb = catalogue.make(typed.getFirst());
            return verb.isPresent() ? run(call, verb.get(), typed.subList(1, typed.size())) : unknown(typed, console);
        } catch (UncheckedIOException clientGone) {
            return Verb.FAILED;
        }
    }

    private int run(VerbCall call, Verb verb, List<String> arguments) throws InterruptedException {
        CommandLine parser = VerbCatalogue.parser(verb);
        try {
            parser.parseArgs(arguments.toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            return usage(console(call, verb.json), parser.getCommandName(), String.valueOf(e.getMessage()));
        }
        Console console = console(call, verb.json);
        if (parser.isUsageHelpRequested()) {
            console.text(VerbCatalogue.explain(verb));
            return Verb.DONE;
        }
        try {
            return verb.run(new Verb.Call(call, console));
        } catch (UsageException e) {
            return usage(console, parser.getCommandName(), String.valueOf(e.getMessage()));
        } catch (RefusalException e) {
            console.error(e.code(), e.sentence());
            return Verb.FAILED;
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            UUID incident = UUID.randomUUID();
            LOG.errorf(
                    e,
                    "verb failed verb=%s principal=%s incident=%s",
                    parser.getCommandName(),
                    call.principal().label(),
                    incident);
            console.error(
                    "internal",
                    "Slipway could not do that, through no fault of yours. Tell an operator: incident " + incident
                            + ".");
            return Verb.FAILED;
        }
    }

    private Console console(VerbCall call, boolean json) {
        return new Console(call.stdout(), call.stderr(), call.terminal().isPresent(), json, mapper);
    }

    private int unknown(List<String> typed, Console console) {
        String name = typed.getFirst();
        List<String> near = catalogue.near(name);
        String plain = name.replaceAll("[^\\x20-\\x7e]", "?");
        String shown = plain.length() > LONGEST_SHOWN ? plain.substring(0, LONGEST_SHOWN) + "…" : plain;
        console.error(
                "usage",
                "There is no verb \"" + shown + "\"."
                        + (near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?")
                        + "\nhelp lists all verbs.");
        return Verb.USAGE;
    }

    private static int usage(Console console, String verb, String message) {
        console.error("usage", message + (message.endsWith(".") ? "" : ".") + "\nhelp " + verb + " explains it.");
        return Verb.USAGE;
    }
}
