package dev.slipway.platform.source;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.tenancy.identity.AppId;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.function.Function;

/** Takes what code hosts tell: genuine, of the branch that deploys, and not told before. */
@ApplicationScoped
public class SourceHooks {
    private final AppSources sources;
    private final SourceLoop loop;
    private final ObjectMapper mapper;

    SourceHooks(AppSources sources, SourceLoop loop, ObjectMapper mapper) {
        this.sources = sources;
        this.loop = loop;
        this.mapper = mapper;
    }

    /** What became of a request. */
    public sealed interface Answer {
        /** The commit will be pulled and deployed. */
        record Taken(String sentence) implements Answer {}

        /** Nothing follows from it. */
        record Ignored(String sentence) implements Answer {}

        /** The very same was taken before: whoever sends it again learns nothing and moves nothing. */
        record Repeated(String sentence) implements Answer {}

        /** It does not show that it knows the secret, or cannot be read; also for apps without a source. */
        record Refused(String sentence) implements Answer {}
    }

    /**
     * Takes a request.
     *
     * @param header gives a header's value by name
     */
    public Answer take(AppId app, Function<String, Optional<String>> header, byte[] body) {
        Optional<AppSource> source = sources.find(app);
        Optional<String> secret = sources.secret(app);
        if (source.isEmpty() || secret.isEmpty()) {
            return new Answer.Refused("There is no app with a source here, or the request does not know its secret.");
        }
        return switch (Telling.of(source.get().host(), header, body, secret.get(), mapper)) {
            case Telling.Refused refused -> new Answer.Refused(refused.why());
            case Telling.Other other -> new Answer.Ignored(other.what());
            case Telling.Pushed pushed
            when !pushed.branch().equals(source.get().branch()) ->
                new Answer.Ignored("Only " + source.get().branch() + " is deployed.");
            case Telling.Pushed pushed -> pushed(app, pushed, body);
        };
    }

    private Answer pushed(AppId app, Telling.Pushed pushed, byte[] body) {
        if (!sources.tell(app, digest(body), pushed.branch(), pushed.commit())) {
            return new Answer.Repeated("This was told before and is not acted upon again.");
        }
        loop.wake();
        return new Answer.Taken(
                "Commit " + pushed.commit().abbreviated() + " of " + pushed.branch() + " is pulled and deployed.");
    }

    private static byte[] digest(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
