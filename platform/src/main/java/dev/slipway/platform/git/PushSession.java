package dev.slipway.platform.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.eclipse.jgit.transport.ReceiveCommand.Type;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UnpackErrorHandler;
import org.jboss.logging.Logger;

/** One push, from the first packet to the status report, over any pair of streams. */
final class PushSession {
    private static final Logger LOG = Logger.getLogger(PushSession.class);

    private final GitRepositories repositories;
    private final DeployBranch branches;
    private final Deploying deploying;
    private final GitLimits limits;
    private final Repository repository;
    private final PushContext context;

    PushSession(
            GitRepositories repositories,
            DeployBranch branches,
            PushReceiver receiver,
            ExecutorService threads,
            GitLimits limits,
            Repository repository,
            PushContext context) {
        this.repositories = repositories;
        this.branches = branches;
        this.deploying = new Deploying(receiver, threads, limits);
        this.limits = limits;
        this.repository = repository;
        this.context = context;
    }

    /** A receive-pack with the platform's rules, without streams yet. */
    ReceivePack receivePack() {
        ReceivePack pack = new ReceivePack(repository);
        ObjectChecker checker =
                new ObjectChecker().setAllowLeadingZeroFileMode(true).setAllowInvalidPersonIdent(true);
        pack.setObjectChecker(checker);
        pack.setMaxObjectSizeLimit(limits.maxObjectBytes());
        pack.setAtomic(false);
        pack.setAllowNonFastForwards(true);
        pack.setAllowDeletes(true);
        pack.setRefFilter(VisibleRefs::of);
        pack.setRefLogIdent(new PersonIdent(context.principal().label(), "git@slipway"));
        return pack;
    }

    /**
     * Runs the push to its end, whether or not the client stays.
     *
     * @param bidirectional whether refs are advertised first (ssh), or were in a request before (HTTP)
     * @throws IOException if the pack could not be taken or the protocol was broken; the client was told if it was there
     */
    void run(InputStream input, OutputStream output, boolean bidirectional) throws IOException {
        ClientStream client = new ClientStream(output);
        ReceivePack pack = receivePack();
        pack.setBiDirectionalPipe(bidirectional);
        pack.setTimeout((int) limits.clientTimeout().toSeconds());
        UnpackErrorHandler report = pack.getUnpackErrorHandler();
        pack.setUnpackErrorHandler(cause -> {
            UnpackFailure failure = UnpackFailure.of(cause, limits);
            LOG.infof("Push refused app=%s reason=%s", context.access().ref(), failure.getMessage());
            show(pack, (" !     " + failure.sentence() + "\n").getBytes(StandardCharsets.UTF_8));
            drain(input);
            report.handleUnpackException(failure);
        });
        pack.setPreReceiveHook((same, commands) -> decide(pack, client, commands));
        pack.receive(new PackLimit(input, limits.maxPackBytes()), client, null);
    }

    private void decide(ReceivePack pack, ClientStream client, Collection<ReceiveCommand> commands) {
        PushOutput say = new DirectOutput(pack, client);
        try {
            if (GitRepositories.size(repository) > limits.maxRepositoryBytes()) {
                say.line(
                        " !     The repository is larger than " + (limits.maxRepositoryBytes() >> 20)
                                + " MB with this push. Make it smaller, or ask the operator (slipway.git.max-repository-size).");
                refuseRest(commands, "repository full");
                return;
            }
            PushRules rules =
                    new PushRules(branches, repository, context.access().app());
            Optional<ReceiveCommand> command = rules.sort(commands, pack.getRevWalk(), say);
            if (command.isPresent()) {
                deploy(pack, client, command.get(), say, commands);
            }
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "Push failed app=%s", context.access().ref());
            say.line(
                    " !     Slipway failed while taking this push; nothing was changed. The operator finds the reason in the log.");
            refuseRest(commands, "internal error");
        }
    }

    private void deploy(
            ReceivePack pack,
            ClientStream client,
            ReceiveCommand command,
            PushOutput say,
            Collection<ReceiveCommand> commands)
            throws IOException {
        if (pack.isAtomic() && commands.stream().anyMatch(c -> c.getResult() != Result.NOT_ATTEMPTED)) {
            command.setResult(Result.REJECTED_OTHER_REASON, "atomic push: another ref was refused");
            return;
        }
        RevCommit commit = pack.getRevWalk().parseCommit(command.getNewId());
        pack.getRevWalk().parseBody(commit);
        Optional<String> tooMuch =
                new CommitLimits(limits).refuse(pack.getRevWalk().getObjectReader(), commit);
        if (tooMuch.isPresent()) {
            PushRules.refuse(command, say, "over a limit", tooMuch.get());
            return;
        }
        String branch = command.getRefName().substring(Constants.R_HEADS.length());
        AcceptedPush push = describe(command, commit, branch);
        PushVerdict verdict = deploying.run(push, chunk -> show(pack, chunk), client, pack.isSideBand());
        switch (verdict) {
            case PushVerdict.Rejected rejected ->
                command.setResult(
                        Result.REJECTED_OTHER_REASON, rejected.reason().replaceAll("\\s+", " "));
            case PushVerdict.Accepted accepted -> settle(command, branch, commit, accepted.release(), say);
        }
    }

    private void settle(ReceiveCommand command, String branch, ObjectId commit, long release, PushOutput say)
            throws IOException {
        switch (new DeployedRefs(repository).settle(branch, commit, release)) {
            case MOVED -> command.setResult(Result.OK);
            case KEPT_NEWER -> {
                say.line("-----> A newer release followed v" + release + ": " + branch + " stays at the newer commit");
                command.setResult(Result.OK);
            }
            case LOCKED -> {
                say.line(" !     v" + release + " is live, but " + branch + " could not be moved to it. Push again.");
                command.setResult(Result.LOCK_FAILURE);
            }
        }
    }

    private AcceptedPush describe(ReceiveCommand command, RevCommit commit, String branch) {
        PushedCommit pushed = PushedCommit.of(commit);
        RepositoryAccess.Granted access = context.access();
        return new AcceptedPush(
                access.app(),
                access.ref(),
                context.principal(),
                context.transport(),
                branch,
                pushed,
                command.getType() == Type.CREATE
                        ? Optional.empty()
                        : Optional.of(CommitId.of(command.getOldId().name())),
                command.getType() == Type.UPDATE_NONFASTFORWARD,
                new StoredCommitSource(repositories, access.app(), pushed.id()));
    }

    private static void refuseRest(Collection<ReceiveCommand> commands, String reason) {
        for (ReceiveCommand command : commands) {
            if (command.getResult() == Result.NOT_ATTEMPTED) {
                command.setResult(Result.REJECTED_OTHER_REASON, reason);
            }
        }
    }

    private static void show(ReceivePack pack, byte[] chunk) {
        try {
            OutputStream messages = pack.getMessageOutputStream();
            messages.write(chunk);
            messages.flush();
        } catch (IOException e) {
            LOG.debugf(e, "Client gone");
        }
    }

    /** Reads what the client still sends, so that it comes to read the answer; as much again as a pack may have. */
    private void drain(InputStream input) {
        byte[] buffer = new byte[1 << 16];
        long left = limits.maxPackBytes() * 2 + buffer.length;
        try {
            int read = 0;
            while (left > 0 && read >= 0) {
                read = input.read(buffer);
                left -= read;
            }
        } catch (IOException e) {
            LOG.debugf(e, "Client gone");
        }
    }

    /** Lines said on the connection's own thread. */
    private record DirectOutput(ReceivePack pack, ClientStream client) implements PushOutput {
        @Override
        public void write(String text) {
            show(pack, text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public boolean attached() {
            return !client.lost();
        }
    }
}
