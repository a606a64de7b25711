package dev.slipway.platform.git;

import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.identity.AppRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** Serves fetches and pushes over any pair of streams. Both transports end here, so both have the same rules. */
public final class GitServer {
    private final GitRepositories repositories;
    private final GitAccess access;
    private final DeployBranch branches;
    private final PushReceiver receiver;
    private final ExecutorService threads;
    private final GitLimits limits;

    /** @param threads gives each push's build a thread; must not be bounded below the number of pushes at once */
    public GitServer(
            GitRepositories repositories,
            GitAccess access,
            DeployBranch branches,
            PushReceiver receiver,
            ExecutorService threads,
            GitLimits limits) {
        this.repositories = repositories;
        this.access = access;
        this.branches = branches;
        this.receiver = receiver;
        this.threads = threads;
        this.limits = limits;
    }

    /**
     * Asks whether a principal may fetch from or push to the repository a client names.
     *
     * @param path as the client wrote it
     */
    public RepositoryAccess open(Principal principal, String path, GitAccess.Want want) {
        Optional<AppRef> app = RepositoryName.parse(path);
        return app.isPresent()
                ? access.decide(principal, app.get(), want)
                : new RepositoryAccess.NotFound("This names no app. A git remote ends with TENANT/APP.git.");
    }

    /**
     * Serves one fetch or clone.
     *
     * @param protocol what the client said in {@code GIT_PROTOCOL}, such as {@code version=2}, or empty
     * @param bidirectional true over ssh; false for a request over HTTP
     * @throws IOException if the protocol was broken or the client went away
     */
    public void fetch(
            PushContext context, Optional<String> protocol, InputStream in, OutputStream out, boolean bidirectional)
            throws IOException {
        try (Repository repository = repositories.openOrCreate(context.access().app())) {
            UploadPack pack = uploadPack(repository, protocol);
            pack.setBiDirectionalPipe(bidirectional);
            pack.setTimeout((int) limits.clientTimeout().toSeconds());
            pack.uploadWithExceptionPropagation(in, out, null);
        }
    }

    /**
     * Serves one push to its end, even if the client goes away.
     *
     * @throws IOException if the pack could not be taken or the protocol was broken
     */
    public void push(PushContext context, InputStream in, OutputStream out, boolean bidirectional) throws IOException {
        try (Repository repository = repositories.openOrCreate(context.access().app())) {
            session(repository, context).run(in, out, bidirectional);
        }
    }

    /**
     * Writes the advertisement of a fetch or push over HTTP.
     *
     * @throws IOException if the repository cannot be read or the client went away
     */
    public void advertise(PushContext context, GitAccess.Want want, Optional<String> protocol, OutputStream out)
            throws IOException {
        try (Repository repository = repositories.openOrCreate(context.access().app())) {
            PacketLineOut lines = new PacketLineOut(out);
            lines.writeString(
                    "# service=" + (want == GitAccess.Want.WRITE ? "git-receive-pack" : "git-upload-pack") + "\n");
            lines.end();
            PacketLineOutRefAdvertiser refs = new PacketLineOutRefAdvertiser(lines);
            if (want == GitAccess.Want.WRITE) {
                session(repository, context).receivePack().sendAdvertisedRefs(refs);
            } else {
                UploadPack pack = uploadPack(repository, protocol);
                pack.setBiDirectionalPipe(false);
                pack.sendAdvertisedRefs(refs);
            }
            lines.flush();
        }
    }

    private static UploadPack uploadPack(Repository repository, Optional<String> protocol) {
        UploadPack pack = new UploadPack(repository);
        pack.setRefFilter(VisibleRefs::of);
        protocol.ifPresent(said -> pack.setExtraParameters(List.of(said.split(":"))));
        return pack;
    }

    private PushSession session(Repository repository, PushContext context) {
        return new PushSession(repositories, branches, receiver, threads, limits, repository, context);
    }
}
