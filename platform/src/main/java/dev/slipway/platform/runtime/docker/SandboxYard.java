package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.slipway.buildpacks.sandbox.Limits;
import dev.slipway.buildpacks.sandbox.SandboxException;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** Makes sandboxes and clears them away. */
final class SandboxYard {

    private final Engine engine;
    private final DockerConnection connection;
    private final SandboxSettings settings;
    private final SandboxContainer container;
    private @Nullable BuildTrust trust;

    SandboxYard(DockerConnection connection, SandboxSettings settings) {
        this.engine = connection.engine();
        this.connection = connection;
        this.settings = settings;
        this.container = new SandboxContainer(engine, connection.installation(), settings);
    }

    /** Id of a build image in the engine. */
    String imageId(String image) throws SandboxException {
        try {
            String id = engine.call(
                            "look for",
                            image,
                            () -> engine.client().inspectImageCmd(image).exec())
                    .getId();
            return id == null ? "" : id;
        } catch (NotFoundException e) {
            throw new SandboxException(
                    "open a sandbox", image, "the engine has no such image; deploy/up makes the stack images", e);
        } catch (RuntimeUnavailableException e) {
            throw failure("open a sandbox", image, e);
        }
    }

    /** Creates and starts one. */
    WarmSandbox make(String imageId, Limits limits) throws SandboxException {
        String name = "slipway-sandbox-" + UUID.randomUUID().toString().replace("-", "");
        Path exchange = settings.sandboxDirectory().toAbsolutePath().resolve(name);
        try {
            BuildUser user = BuildUser.of(settings);
            Files.createDirectories(exchange.getParent());
            Files.setPosixFilePermissions(exchange.getParent(), PosixFilePermissions.fromString("rwx------"));
            Files.createDirectory(exchange);
            user.own(exchange);
            String network = connection.networks().ofBuilds();
            var request = container.request(name, imageId, exchange, user.toString(), network, trust(), limits);
            engine.call("create", name, request::exec);
            engine.call(
                    "prepare",
                    name,
                    () -> engine.client()
                            .copyArchiveToContainerCmd(name)
                            .withRemotePath("/")
                            .withTarInputStream(new ByteArrayInputStream(links()))
                            .exec());
            engine.call(
                    "start", name, () -> engine.client().startContainerCmd(name).exec());
            return new WarmSandbox(name, imageId, exchange, limits);
        } catch (IOException | DockerException | RuntimeUnavailableException | EngineRefusedException e) {
            discard(name);
            throw failure("make a sandbox", name, e);
        }
    }

    private synchronized BuildTrust trust() throws IOException {
        BuildTrust known = trust;
        if (known == null) {
            known = BuildTrust.of(settings);
            trust = known;
        }
        return known;
    }

    /** What every sandbox has beside its image: links from the places that buildpacks know into the exchange. */
    private static byte[] links() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (String name : List.of("workspace", "layers", "platform")) {
                TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
                link.setLinkName("/slipway/" + name);
                tar.putArchiveEntry(link);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Kills and removes a sandbox with all its files; never throws. */
    void discard(String name) {
        try {
            Leftovers.force(engine, name);
            deleteTree(settings.sandboxDirectory().toAbsolutePath().resolve(name));
        } catch (RuntimeException | IOException e) {
            org.jboss.logging.Logger.getLogger(SandboxYard.class)
                    .warnf("sandbox not cleared away, the next start will name=%s reason=%s", name, Engine.reason(e));
        }
    }

    /** Clears away what processes left that do not run any more. */
    void clearLeftovers() throws IOException {
        new Leftovers(engine, connection.installation()).remove();
        Path directory = settings.sandboxDirectory().toAbsolutePath();
        if (!Files.isDirectory(directory)) {
            return;
        }
        List<Path> exchanges;
        try (var entries = Files.list(directory)) {
            exchanges = entries.filter(Files::isDirectory).toList();
        }
        for (Path exchange : exchanges) {
            String name = String.valueOf(exchange.getFileName());
            if (ContainerState.of(engine, connection.settings(), name).isEmpty()) {
                deleteTree(exchange);
            }
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static SandboxException failure(String attempted, String subject, Throwable cause) {
        return new SandboxException(attempted, subject, Engine.reason(cause), cause);
    }
}
