package dev.slipway.web.app;

import dev.slipway.platform.ssh.SshSettings;
import dev.slipway.tenancy.identity.AppRef;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;

/** Where git pushes to, under the name by which the browser reached this page. */
@RequestScoped
class GitAddress {
    private final UriInfo uri;
    private final SshSettings ssh;

    GitAddress(UriInfo uri, SshSettings ssh) {
        this.uri = uri;
        this.ssh = ssh;
    }

    String overSsh(AppRef ref) {
        return "ssh://slipway@" + uri.getBaseUri().getHost() + ":" + ssh.port() + "/" + ref;
    }

    String overHttp(AppRef ref) {
        URI base = uri.getBaseUri();
        return base.resolve("/git/" + ref + ".git").toString();
    }
}
