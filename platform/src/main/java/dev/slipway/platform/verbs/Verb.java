package dev.slipway.platform.verbs;

import dev.slipway.platform.ssh.VerbCall;
import dev.slipway.tenancy.access.Principal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One verb, made anew for each call; picocli fills its fields. Its {@link Command} has the name, a sentence, an example. */
abstract class Verb {
    /** How an example begins. */
    static final String SSH = "  ssh -p 2222 slipway@HOST ";

    /** Exit code: done. */
    static final int DONE = 0;

    /** Exit code: refused or failed. */
    static final int FAILED = 1;

    /** Exit code: typed in a way it cannot be meant. */
    static final int USAGE = 2;

    @Option(names = "--json", description = "Answer in JSON.")
    boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explain this verb.")
    boolean help;

    /**
     * One call of a verb.
     *
     * @param raw the streams and the terminal, for verbs that need more than a console
     */
    record Call(VerbCall raw, Console console) {
        Principal principal() {
            return raw.principal();
        }
    }

    /**
     * Does it and says so.
     *
     * @return the exit code
     * @throws dev.slipway.tenancy.identity.RefusalException when it is refused; the runner says so
     * @throws InterruptedException when the client is gone
     */
    abstract int run(Call call) throws InterruptedException;
}
