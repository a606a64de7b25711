package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.PushResponseItem;
import dev.slipway.buildpacks.dockerfile.DockerfileRequest;
import dev.slipway.buildpacks.dockerfile.DockerfileResult;
import dev.slipway.platform.runtime.BuiltImageTarget;
import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.registry.oci.Digest;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Puts images that the engine has built into the registry. Pushing sends only layers that the registry lacks; saving the
 * image as an archive would send its base anew each time.
 */
final class BuiltImages {

    private final Engine engine;
    private final BuiltImageTarget target;
    private final Duration limit;

    BuiltImages(Engine engine, BuiltImageTarget target, DockerSettings settings) {
        this.engine = engine;
        this.target = target;
        this.limit = settings.pullTimeout();
    }

    /** Checks that an image can be run, and pushes it. */
    DockerfileResult keep(String imageId, DockerfileRequest request) throws InterruptedException {
        ContainerConfig config = engine.call(
                        "inspect",
                        imageId,
                        () -> engine.client().inspectImageCmd(imageId).exec())
                .getConfig();
        boolean command = config != null && config.getCmd() != null && config.getCmd().length > 0;
        boolean entry = config != null && config.getEntrypoint() != null && config.getEntrypoint().length > 0;
        if (!command && !entry) {
            return new DockerfileResult.Failed(
                    "", "The image has no command: add CMD or ENTRYPOINT to the " + request.dockerfile() + ".");
        }
        String name = target.registry() + "/" + request.repository();
        String tag = "build-" + request.buildId().replaceAll("[^A-Za-z0-9_.-]", "-");
        engine.call(
                "tag",
                imageId,
                () -> engine.client().tagImageCmd(imageId, name, tag).exec());
        return push(name + ":" + tag, target.credentials(request.repository()));
    }

    private DockerfileResult push(String name, PullCredentials credentials) throws InterruptedException {
        Push push = new Push();
        engine.client()
                .pushImageCmd(name)
                .withAuthConfig(new AuthConfig()
                        .withUsername(credentials.user())
                        .withPassword(credentials.password())
                        .withRegistryAddress(target.registry()))
                .exec(push);
        try {
            return new DockerfileResult.Built(Digest.parse(push.digest.get(limit.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (ExecutionException e) {
            return new DockerfileResult.Unavailable("push " + name, Engine.reason(e));
        } catch (TimeoutException e) {
            return new DockerfileResult.Unavailable("push " + name, "not done within " + limit.toSeconds() + " s");
        } finally {
            push.end();
        }
    }

    private static final class Push extends ResultCallback.Adapter<PushResponseItem> {

        private final CompletableFuture<String> digest = new CompletableFuture<>();

        @Override
        public void onNext(PushResponseItem item) {
            if (item.getErrorDetail() != null) {
                digest.completeExceptionally(new EngineRefusedException(
                        Objects.requireNonNullElse(item.getErrorDetail().getMessage(), "unknown")));
            }
            if (item.getAux() != null && item.getAux().getDigest() != null) {
                digest.complete(item.getAux().getDigest());
            }
        }

        @Override
        public void onError(Throwable failure) {
            digest.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            digest.completeExceptionally(new EngineRefusedException("the engine ended without a digest"));
        }

        void end() {
            try {
                close();
            } catch (java.io.IOException e) {
                digest.completeExceptionally(e);
            }
        }
    }
}
