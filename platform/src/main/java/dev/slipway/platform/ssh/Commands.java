package dev.slipway.platform.ssh;

import dev.slipway.platform.git.AcceptedPush;
import dev.slipway.platform.git.GitAccess;
import dev.slipway.platform.git.GitServer;
import dev.slipway.platform.git.PushContext;
import dev.slipway.platform.git.RepositoryAccess;
import dev.slipway.tenancy.access.Principal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.command.Command;

/** Tells git commands from verbs, and gives each its streams. */
final class Commands {
    private static final Pattern PASSED_ON = Pattern.compile("LANG|LC_[A-Z]+|TERM|COLORTERM");
    private static final int LONGEST = 64 * 1024;

    private final GitServer git;
    private final VerbRunner verbs;
    private final ExecutorService threads;

    Commands(GitServer git, VerbRunner verbs, ExecutorService threads) {
        this.git = git;
        this.verbs = verbs;
        this.threads = threads;
    }

    /** A command line typed after {@code ssh HOST}. */
    Command exec(Principal principal, String line) {
        if (line.length() > LONGEST) {
            return refusal("The command is longer than " + LONGEST + " characters.");
        }
        List<String> words;
        try {
            words = CommandLine.split(line);
        } catch (IllegalArgumentException e) {
            return refusal(String.valueOf(e.getMessage()));
        }
        if (words.isEmpty()) {
            return shell(principal);
        }
        return switch (words.get(0)) {
            case "git-upload-pack", "git-receive-pack" -> git(principal, words);
            case "git-upload-archive" -> refusal("git archive --remote is not served. Clone instead.");
            default -> verb(principal, words, "");
        };
    }

    /** A login without a command. */
    Command shell(Principal principal) {
        String name = principal instanceof Principal.Person person ? person.name() : principal.label();
        return verb(
                principal, List.of("help"), "Hello " + name + ", this is Slipway. There is no shell here, only verbs.");
    }

    private Command verb(Principal principal, List<String> words, String greeting) {
        return new ChannelCommand(
                (in, out, err, environment) -> {
                    Optional<Terminal> terminal = ChannelTerminal.of(environment);
                    if (!greeting.isEmpty()) {
                        String end = terminal.isPresent() ? "\r\n" : "\n";
                        out.write((greeting + end + end).getBytes(StandardCharsets.UTF_8));
                        out.flush();
                    }
                    return verbs.run(new VerbCall(principal, words, passedOn(environment), in, out, err, terminal));
                },
                threads,
                true);
    }

    private Command git(Principal principal, List<String> words) {
        boolean push = words.get(0).equals("git-receive-pack");
        if (words.size() != 2) {
            return refusal("usage: " + words.get(0) + " TENANT/APP.git");
        }
        return new ChannelCommand(
                (in, out, err, environment) -> serve(principal, words.get(1), push, in, out, err, environment),
                threads,
                false);
    }

    private int serve(
            Principal principal,
            String path,
            boolean push,
            InputStream in,
            OutputStream out,
            OutputStream err,
            Environment environment)
            throws IOException {
        return switch (git.open(principal, path, push ? GitAccess.Want.WRITE : GitAccess.Want.READ)) {
            case RepositoryAccess.NotFound missing -> refuse(err, missing.sentence());
            case RepositoryAccess.Forbidden forbidden -> refuse(err, forbidden.sentence());
            case RepositoryAccess.Granted granted -> {
                PushContext context = new PushContext(principal, granted, AcceptedPush.Transport.SSH);
                if (push) {
                    git.push(context, in, out, true);
                } else {
                    git.fetch(context, Optional.ofNullable(environment.getEnv().get("GIT_PROTOCOL")), in, out, true);
                }
                yield 0;
            }
        };
    }

    private Command refusal(String sentence) {
        return new ChannelCommand((in, out, err, environment) -> refuse(err, sentence), threads, true);
    }

    private static int refuse(OutputStream err, String sentence) throws IOException {
        err.write((" !     " + sentence + "\n").getBytes(StandardCharsets.UTF_8));
        err.flush();
        return 1;
    }

    private static Map<String, String> passedOn(Environment environment) {
        Map<String, String> kept = new HashMap<>(environment.getEnv());
        kept.keySet().removeIf(name -> !PASSED_ON.matcher(name).matches());
        return kept;
    }
}
