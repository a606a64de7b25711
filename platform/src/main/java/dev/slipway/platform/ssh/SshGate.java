package dev.slipway.platform.ssh;

import dev.slipway.platform.git.Authenticator;
import dev.slipway.platform.git.GitServer;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.tenant.FailedSignIns;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionHeartbeatController.HeartbeatType;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.session.ServerSession;
import org.jboss.logging.Logger;

/** The ssh server. Any user name signs in; the key says who it is. No passwords, forwarding, agents or subsystems. */
public final class SshGate {
    private static final Logger LOG = Logger.getLogger(SshGate.class);
    private static final AttributeKey<Principal> SIGNED_IN = new AttributeKey<>();
    private static final List<BuiltinDHFactories> KEY_EXCHANGES = List.of(
            BuiltinDHFactories.mlkem768x25519,
            BuiltinDHFactories.curve25519,
            BuiltinDHFactories.curve25519_libssh,
            BuiltinDHFactories.ecdhp256,
            BuiltinDHFactories.ecdhp384,
            BuiltinDHFactories.dhg16_512);

    private final SshServer server = SshServer.setUpDefaultServer();
    private final SshSettings settings;
    private final Authenticator authenticator;
    private final FailedSignIns failures;

    /**
     * Makes the server, not yet listening.
     *
     * @param threads gives each command a thread; must not be bounded below the number of commands at once
     */
    public SshGate(
            SshSettings settings,
            Authenticator authenticator,
            FailedSignIns failures,
            GitServer git,
            VerbRunner verbs,
            ExecutorService threads) {
        this.settings = settings;
        this.authenticator = authenticator;
        this.failures = failures;
        Commands commands = new Commands(git, verbs, threads);
        server.setCommandFactory((channel, line) -> commands.exec(principal(channel.getServerSession()), line));
        server.setShellFactory(channel -> commands.shell(principal(channel.getServerSession())));
        signIn();
        limit();
    }

    /**
     * Finds out which cryptography ssh can have, which each process does once: a sixth of a start that needs no setting
     * and so need not wait for its turn. Left out, it is done with the first gate.
     */
    public static void prepare() {
        SshServer.setUpDefaultServer();
        keyExchanges();
        SecurityUtils.getKeyPairResourceParser();
    }

    /**
     * Starts to listen.
     *
     * @throws IOException if the port is taken or the host key cannot be had
     */
    public void start() throws IOException {
        server.setHost(settings.host());
        server.setPort(settings.port());
        server.setKeyPairProvider(KeyPairProvider.wrap(new HostKey(settings.hostKey()).readOrMake()));
        server.start();
        LOG.infof("Listening for ssh port=%d", server.getPort());
    }

    /** The port that is listened on, once started. */
    public int port() {
        return server.getPort();
    }

    /**
     * Stops to listen at once, lets running commands end for a while, and cuts off what is left.
     *
     * @param grace how long commands may take to end
     * @throws IOException if the port cannot be closed
     */
    public void stop(Duration grace) throws IOException {
        server.close(false).await(grace.toMillis(), TimeUnit.MILLISECONDS);
        server.stop(true);
    }

    private void signIn() {
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPublickeyAuthenticator((user, key, session) -> knows(key, session));
        server.setPasswordAuthenticator(null);
        server.setKeyboardInteractiveAuthenticator(null);
        server.setKeyExchangeFactories(keyExchanges());
        server.setSignatureFactories(List.copyOf(NamedFactory.setUpBuiltinFactories(
                true,
                List.of(
                        BuiltinSignatures.ed25519,
                        BuiltinSignatures.sk_ssh_ed25519,
                        BuiltinSignatures.nistp256,
                        BuiltinSignatures.nistp384,
                        BuiltinSignatures.nistp521,
                        BuiltinSignatures.sk_ecdsa_sha2_nistp256,
                        BuiltinSignatures.rsaSHA512,
                        BuiltinSignatures.rsaSHA256))));
    }

    private static List<KeyExchangeFactory> keyExchanges() {
        return NamedFactory.setUpTransformedFactories(true, KEY_EXCHANGES, ServerBuilder.DH2KEX);
    }

    private void limit() {
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        server.setAgentFactory(null);
        server.setSubsystemFactories(List.of());
        server.setChannelFactories(List.of(ChannelSessionFactory.INSTANCE));
        server.setGlobalRequestHandlers(List.of());
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, settings.maxSignInTries());
        CoreModuleProperties.AUTH_TIMEOUT.set(server, settings.signInTimeout());
        CoreModuleProperties.IDLE_TIMEOUT.set(server, settings.idleTimeout());
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(
                server, settings.idleTimeout().plusMinutes(1));
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, 10);
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "Slipway");
        CoreModuleProperties.SOCKET_KEEPALIVE.set(server, true);
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        CoreModuleProperties.WINDOW_SIZE.set(server, 4L << 20);
        server.setSessionHeartbeat(HeartbeatType.IGNORE, settings.heartbeat());
        server.addSessionListener(new Doorkeeper());
    }

    private boolean knows(PublicKey key, ServerSession session) {
        Optional<Principal> principal = authenticator.byPublicKey(KeyUtils.getFingerPrint(key));
        principal.ifPresent(who -> session.setAttribute(SIGNED_IN, who));
        if (principal.isEmpty() && failures.turnedAway(address(session)).isPresent()) {
            LOG.infof("Connection turned away address=%s reason=too many unknown keys", address(session));
            session.close(true);
        }
        return principal.isPresent();
    }

    private static Principal principal(ServerSession session) {
        Principal principal = session.getAttribute(SIGNED_IN);
        if (principal == null) {
            throw new IllegalStateException("A channel was opened before the sign-in");
        }
        return principal;
    }

    private static String address(Session session) {
        return session.getRemoteAddress() instanceof InetSocketAddress remote
                ? String.valueOf(remote.getAddress().getHostAddress())
                : "unknown";
    }

    /** Turns connections away that are too many, and counts those that never signed in. */
    private final class Doorkeeper implements SessionListener {
        @Override
        public void sessionCreated(Session session) {
            if (server.getActiveSessions().size() > settings.maxSessions()) {
                LOG.infof("Connection turned away address=%s reason=full", address(session));
                session.close(true);
            }
        }

        @Override
        public void sessionClosed(Session session) {
            if (!session.isAuthenticated() && session.getUsername() != null) {
                failures.failed(address(session));
            }
        }
    }
}
