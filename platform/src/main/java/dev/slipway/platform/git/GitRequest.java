package dev.slipway.platform.git;

import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a smart HTTP request asks for.
 *
 * @param path the repository as the client wrote it
 * @param want fetch or push
 * @param advertises whether it asks for the refs only
 */
record GitRequest(String path, GitAccess.Want want, boolean advertises) {
    private static final String INFO = "/info/refs";
    private static final String FETCH = "git-upload-pack";
    private static final String PUSH = "git-receive-pack";

    static Optional<GitRequest> read(HttpMethod method, String uriPath, @Nullable String service) {
        String path = uriPath.substring(GitHttp.PREFIX.length());
        if (HttpMethod.GET.equals(method) && path.endsWith(INFO) && (FETCH.equals(service) || PUSH.equals(service))) {
            return of(path, INFO, PUSH.equals(service), true);
        }
        if (HttpMethod.POST.equals(method) && path.endsWith("/" + FETCH)) {
            return of(path, "/" + FETCH, false, false);
        }
        if (HttpMethod.POST.equals(method) && path.endsWith("/" + PUSH)) {
            return of(path, "/" + PUSH, true, false);
        }
        return Optional.empty();
    }

    private static Optional<GitRequest> of(String path, String ending, boolean push, boolean advertises) {
        String repository = path.substring(0, path.length() - ending.length());
        return Optional.of(new GitRequest(repository, push ? GitAccess.Want.WRITE : GitAccess.Want.READ, advertises));
    }
}
