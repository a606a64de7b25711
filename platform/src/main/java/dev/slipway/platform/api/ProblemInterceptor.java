package dev.slipway.platform.api;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.WebApplicationException;
import org.jspecify.annotations.Nullable;

/**
 * Answers exceptions of this room's resources only, where an exception mapper would also answer for the registry and the
 * pages, which have forms of their own (decision 0080).
 */
@AnswersProblems
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
class ProblemInterceptor {
    private final Problems problems;

    ProblemInterceptor(Problems problems) {
        this.problems = problems;
    }

    @AroundInvoke
    @Nullable
    Object answer(InvocationContext call) {
        try {
            return call.proceed();
        } catch (WebApplicationException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WebApplicationException(problems.of(
                    new ProblemException(ProblemCode.UNAVAILABLE, "Slipway is being stopped; try again soon.")));
        } catch (Exception e) {
            throw new WebApplicationException(problems.of(e));
        }
    }
}
