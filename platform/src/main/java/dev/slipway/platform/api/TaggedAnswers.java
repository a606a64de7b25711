package dev.slipway.platform.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Gives every JSON that is read under {@code /api/} its tag, and says 304 to those who have it already. */
class TaggedAnswers {
    private final EntityTags tags;

    TaggedAnswers(EntityTags tags) {
        this.tags = tags;
    }

    @ServerResponseFilter
    void tag(ContainerRequestContext request, ContainerResponseContext response) {
        MediaType type = response.getMediaType();
        boolean read = request.getMethod().equals("GET")
                && request.getUriInfo().getPath().startsWith("/api/")
                && response.getStatus() == Response.Status.OK.getStatusCode();
        if (!read || !response.hasEntity() || type == null || !MediaType.APPLICATION_JSON_TYPE.isCompatible(type)) {
            return;
        }
        String tag = tags.of(response.getEntity());
        response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
        // What one may see of it depends on the token, so nobody on the way may keep it for others.
        response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        String known = request.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        if (known != null && EntityTags.lists(known, tag, true)) {
            response.setStatus(Response.Status.NOT_MODIFIED.getStatusCode());
            response.setEntity(null);
        }
    }
}
