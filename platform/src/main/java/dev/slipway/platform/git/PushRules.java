package dev.slipway.platform.git;

import dev.slipway.tenancy.identity.AppId;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.transport.ReceiveCommand.Type;
import org.jspecify.annotations.Nullable;

/**
 * What each ref of a push means: the deploy branch deploys, other branches, tags and notes are stored and say so, everything
 * else is refused. The same for every transport.
 */
final class PushRules {
    private final DeployBranch branches;
    private final Repository repository;
    private final AppId app;

    PushRules(DeployBranch branches, Repository repository, AppId app) {
        this.branches = branches;
        this.repository = repository;
        this.app = app;
    }

    /**
     * Refuses what may not be, tells what is only stored, and finds what deploys.
     *
     * @param say takes lines for the client
     * @return the command that deploys, if any is left to
     */
    Optional<ReceiveCommand> sort(Collection<ReceiveCommand> commands, RevWalk commits, PushOutput say)
            throws IOException {
        for (ReceiveCommand command : commands) {
            refuseForeign(command, commits, say);
        }
        Optional<String> branch = deployBranch(open(commands));
        Optional<ReceiveCommand> deploying = Optional.empty();
        for (ReceiveCommand command : open(commands)) {
            String name = shortName(command);
            boolean deploys = branch.isPresent() && command.getRefName().equals(Constants.R_HEADS + branch.get());
            if (!deploys) {
                say.line(stored(command, name, branch));
            } else if (command.getType() == Type.DELETE) {
                refuse(
                        command,
                        say,
                        "the deploy branch stays",
                        "The deploy branch " + name
                                + " cannot be deleted. To take the app down: ps:stop, or apps:destroy.");
            } else {
                deploying = Optional.of(command);
            }
        }
        return deploying;
    }

    static void refuse(ReceiveCommand command, PushOutput say, String reason, String sentence) {
        say.line(" !     " + sentence);
        command.setResult(Result.REJECTED_OTHER_REASON, reason);
    }

    private static void refuseForeign(ReceiveCommand command, RevWalk commits, PushOutput say) throws IOException {
        String name = command.getRefName();
        boolean known = name.startsWith(Constants.R_HEADS)
                || name.startsWith(Constants.R_TAGS)
                || name.startsWith(Constants.R_NOTES);
        if (!known) {
            refuse(
                    command,
                    say,
                    "only branches, tags and notes",
                    "Only branches, tags and notes are stored, not " + name + ".");
        } else if (name.startsWith(Constants.R_HEADS)
                && command.getType() != Type.DELETE
                && !isCommit(command.getNewId(), commits)) {
            refuse(command, say, "not a commit", "A branch must point to a commit; " + name + " does not.");
        }
    }

    private static boolean isCommit(ObjectId id, RevWalk commits) throws IOException {
        return commits.parseAny(id) instanceof RevCommit;
    }

    /** The deploy branch in force, after this push had its chance to be the first. */
    private Optional<String> deployBranch(List<ReceiveCommand> commands) throws IOException {
        Optional<String> inForce = branches.of(app);
        if (inForce.isPresent() && (live(inForce.get()) || find(commands, inForce.get()) != null)) {
            return inForce;
        }
        Optional<String> first = firstPushed(commands);
        // A branch that was claimed and never became live gives way (decision 0063).
        return first.isPresent() ? Optional.of(branches.claim(app, first.get(), inForce)) : inForce;
    }

    private static Optional<String> firstPushed(List<ReceiveCommand> commands) {
        for (String usual : List.of("main", "master")) {
            if (find(commands, usual) != null) {
                return Optional.of(usual);
            }
        }
        return commands.stream()
                .filter(c -> c.getRefName().startsWith(Constants.R_HEADS) && c.getType() != Type.DELETE)
                .map(PushRules::shortName)
                .findFirst();
    }

    private static @Nullable ReceiveCommand find(List<ReceiveCommand> commands, String branch) {
        for (ReceiveCommand command : commands) {
            if (command.getRefName().equals(Constants.R_HEADS + branch) && command.getType() != Type.DELETE) {
                return command;
            }
        }
        return null;
    }

    private boolean live(String branch) throws IOException {
        return repository.exactRef(Constants.R_HEADS + branch) != null;
    }

    private static String stored(ReceiveCommand command, String name, Optional<String> branch) {
        boolean isBranch = command.getRefName().startsWith(Constants.R_HEADS);
        String kind = isBranch ? "branch" : command.getRefName().startsWith(Constants.R_TAGS) ? "tag" : "notes";
        if (command.getType() == Type.DELETE) {
            return "-----> Deleted " + kind + " " + name;
        }
        if (isBranch && branch.isPresent()) {
            return "-----> Stored branch " + name + ": not deployed, only " + branch.get()
                    + " deploys. To deploy it: git push <remote> " + name + ":" + branch.get();
        }
        return "-----> Stored " + kind + " " + name + ": only a branch deploys";
    }

    private static List<ReceiveCommand> open(Collection<ReceiveCommand> commands) {
        return commands.stream()
                .filter(c -> c.getResult() == Result.NOT_ATTEMPTED)
                .toList();
    }

    private static String shortName(ReceiveCommand command) {
        return Repository.shortenRefName(command.getRefName());
    }
}
