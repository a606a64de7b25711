package dev.slipway.web.page;

import dev.slipway.tenancy.identity.RefusalException;
import dev.slipway.web.session.Visitor;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands before every method of a {@link WebPage}; a method that changes something and takes no form is never let through. */
@WebPage
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
class PageInterceptor {
    private final Visitor visitor;
    private final Refusals refusals;
    private final Pages pages;
    private final UriInfo uri;

    PageInterceptor(Visitor visitor, Refusals refusals, Pages pages, UriInfo uri) {
        this.visitor = visitor;
        this.refusals = refusals;
        this.pages = pages;
        this.uri = uri;
    }

    @AroundInvoke
    @Nullable
    Object answer(InvocationContext call) {
        boolean reads = call.getMethod().isAnnotationPresent(GET.class);
        if (!call.getMethod().isAnnotationPresent(ForEverybody.class)
                && visitor.person().isEmpty()) {
            LocalPath back = reads ? LocalPath.of(uri.getRequestUri()) : LocalPath.HOME;
            throw new WebApplicationException(pages.to("/sign-in" + back.asNext()));
        }
        if (!reads && !carriesToken(call)) {
            throw new WebApplicationException(refusals.staleForm());
        }
        try {
            return call.proceed();
        } catch (WebApplicationException e) {
            throw e;
        } catch (RefusalException e) {
            throw new WebApplicationException(refusals.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WebApplicationException(refusals.stopping());
        } catch (Exception e) {
            throw new WebApplicationException(refusals.unforeseen(e));
        }
    }

    private boolean carriesToken(InvocationContext call) {
        return Arrays.stream(call.getParameters())
                .filter(MultivaluedMap.class::isInstance)
                .map(form -> ((MultivaluedMap<?, ?>) form).get("token"))
                .anyMatch(values -> values instanceof List<?> all
                        && all.size() == 1
                        && all.getFirst() instanceof String token
                        && visitor.gave(token));
    }
}
