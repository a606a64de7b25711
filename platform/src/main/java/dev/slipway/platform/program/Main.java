package dev.slipway.platform.program;

import dev.slipway.platform.database.DatabaseException;
import dev.slipway.platform.database.EmbeddedPostgres;
import dev.slipway.platform.loop.Aside;
import dev.slipway.platform.loop.AtExit;
import dev.slipway.platform.proxy.ProxyStartException;
import dev.slipway.platform.ssh.SshGate;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/**
 * Starts in this order and ends in the reverse one: the home, the database, the application.
 *
 * <p>The application is told where its database is by system properties, before it reads its configuration. The
 * database is stopped only when the application has ended, whether that was by a signal, by itself or by a start that
 * failed.
 */
@QuarkusMain
public final class Main {
    private static final Duration APPLICATION_BOUND = Duration.ofSeconds(60);
    private static final int REFUSED = 1;

    private Main() {}

    /**
     * Serves, or does what the first argument asks for: {@code backup} and {@code restore} (see {@link Keeping}).
     */
    @SuppressWarnings("SystemOut") // there is no log yet, and the sentence is for the person who started us
    public static void main(String... arguments) {
        try {
            if (Keeping.isMeant(arguments)) {
                PlainLog.toConsole(Level.WARNING);
                System.exit(Keeping.run(StartSettings.read(), System.out, System.err, arguments));
            }
            StartSettings settings = StartSettings.read();
            if (settings.proxyOnly()) {
                proxy(settings);
            } else {
                run(settings, arguments);
            }
        } catch (HomeInUseException | DatabaseException | ProxyRefusedException refusal) {
            System.err.println(" !     Slipway cannot start. " + refusal.getMessage());
            System.exit(REFUSED);
        }
    }

    /** A proxy and nothing else; it needs no database and no application. */
    private static void proxy(StartSettings settings) {
        HomeLock lock = HomeLock.take(settings.home());
        PlainLog.toConsole(Level.INFO);
        ProxyOnly proxy;
        try {
            proxy = new ProxyOnly(StartSettings.proxy(settings.home()));
        } catch (IllegalArgumentException | ProxyStartException wrong) {
            throw new ProxyRefusedException(wrong);
        }
        CountDownLatch ended = new CountDownLatch(1);
        AtExit.run("slipway-last", () -> {
            proxy.close();
            lock.close();
            ended.countDown();
        });
        await(ended, Duration.ofDays(Integer.MAX_VALUE));
    }

    private static void run(StartSettings settings, String... arguments) {
        HomeLock lock = HomeLock.take(settings.home());
        System.setProperty("slipway.home", settings.home().toString());
        Aside.run("slipway-ssh-cryptography", SshGate::prepare);
        CountDownLatch applicationEnded = new CountDownLatch(1);
        Optional<EmbeddedPostgres> postgres = settings.database().isPresent()
                ? Optional.empty()
                : Optional.of(EmbeddedPostgres.of(settings.home().resolve("postgres"), settings.databasePrograms()));
        AtExit.run("slipway-last", () -> {
            await(applicationEnded, APPLICATION_BOUND);
            postgres.ifPresent(EmbeddedPostgres::stop);
            lock.close();
        });
        AtomicInteger exitCode = new AtomicInteger();
        try {
            postgres.map(EmbeddedPostgres::start).ifPresent(Main::announce);
            Quarkus.run(
                    null,
                    (code, failure) -> {
                        exitCode.set(code);
                        tell(failure);
                    },
                    arguments);
        } finally {
            applicationEnded.countDown();
        }
        System.exit(exitCode.get());
    }

    /** Quarkus leaves a start that failed to whoever gave it an exit handler. */
    @SuppressWarnings({"SystemOut", "CatchAndPrintStackTrace"})
    private static void tell(@Nullable Throwable failure) {
        if (failure != null) {
            System.err.println(" !     Slipway could not start. What went wrong, for whoever looks after it:");
            failure.printStackTrace();
        }
    }

    private static void announce(EmbeddedPostgres.Access access) {
        System.setProperty("quarkus.datasource.jdbc.url", access.url());
        System.setProperty("quarkus.datasource.username", access.user());
        System.setProperty("quarkus.datasource.password", access.password());
    }

    private static void await(CountDownLatch ended, Duration most) {
        try {
            ended.await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
