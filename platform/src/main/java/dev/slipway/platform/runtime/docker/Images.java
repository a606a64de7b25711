package dev.slipway.platform.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.platform.runtime.RuntimeUnavailableException;
import dev.slipway.registry.oci.ImageReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Brings images into the engine. */
final class Images {

    private final Engine engine;
    private final Duration limit;

    Images(Engine engine, DockerSettings settings) {
        this.engine = engine;
        this.limit = settings.pullTimeout();
    }

    /**
     * Pulls an image.
     *
     * @throws EngineRefusedException if the registry does not have it or refuses the credentials
     * @throws RuntimeUnavailableException if the engine or the registry does not answer
     */
    void pull(ImageReference image, PullCredentials credentials) {
        Pull pull = new Pull();
        try (pull) {
            engine.client()
                    .pullImageCmd(image.toString())
                    .withAuthConfig(new AuthConfig()
                            .withUsername(credentials.user())
                            .withPassword(credentials.password())
                            .withRegistryAddress(image.host()))
                    .exec(pull);
            pull.ended.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(image, Engine.reason(e), e);
        } catch (TimeoutException e) {
            throw new RuntimeUnavailableException(
                    "pull", image.toString(), "it did not arrive within " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RuntimeUnavailableException("pull", image.toString(), "interrupted", e);
        } catch (java.io.IOException e) {
            throw new RuntimeUnavailableException("pull", image.toString(), Engine.reason(e), e);
        }
    }

    private static RuntimeException failure(ImageReference image, String reason, Throwable cause) {
        boolean refused = reason.contains("not found")
                || reason.contains("manifest unknown")
                || reason.contains("no such image")
                || reason.contains("denied")
                || reason.contains("unauthorized")
                || reason.contains("no basic auth credentials");
        return refused
                ? new EngineRefusedException("The image " + image + " could not be pulled: " + reason)
                : new RuntimeUnavailableException("pull", image.toString(), reason, cause);
    }

    private static final class Pull extends ResultCallback.Adapter<PullResponseItem> {

        private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
        private @Nullable String error;

        @Override
        public void onNext(PullResponseItem item) {
            if (item.getErrorDetail() != null) {
                error = item.getErrorDetail().getMessage();
            }
        }

        @Override
        public void onError(Throwable failure) {
            ended.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            if (error == null) {
                ended.complete(true);
            } else {
                ended.completeExceptionally(new DockerException(error, 200));
            }
            super.onComplete();
        }
    }
}
