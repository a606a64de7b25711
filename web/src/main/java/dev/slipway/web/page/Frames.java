package dev.slipway.web.page;

import dev.slipway.tenancy.identity.TenantName;
import dev.slipway.web.language.Language;
import dev.slipway.web.session.Visitor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

/** Makes the frame for this request's page. */
@RequestScoped
public class Frames {
    /** The cookie that remembers a chosen language. */
    public static final String LANGUAGE_COOKIE = "slipway_language";

    private final Visitor visitor;
    private final HttpHeaders headers;
    private final UriInfo uri;
    private final Assets assets;

    Frames(Visitor visitor, HttpHeaders headers, UriInfo uri, Assets assets) {
        this.visitor = visitor;
        this.headers = headers;
        this.uri = uri;
        this.assets = assets;
    }

    /** The language that was chosen, else the first of the browser's that we have. */
    public Language language() {
        Cookie chosen = headers.getCookies().get(LANGUAGE_COOKIE);
        return Optional.ofNullable(chosen)
                .flatMap(cookie -> Language.parse(cookie.getValue()))
                .orElseGet(() -> Language.of(headers.getAcceptableLanguages()));
    }

    /** The frame of a page that belongs to no tenant. */
    public Frame plain() {
        return make(Optional.empty());
    }

    public Frame of(TenantName tenant) {
        return make(Optional.of(tenant.value()));
    }

    private Frame make(Optional<String> tenant) {
        return new Frame(
                language(),
                visitor.person(),
                tenant,
                LocalPath.of(uri.getRequestUri()).text(),
                visitor.formToken(),
                visitor.takeNotice(),
                assets);
    }
}
