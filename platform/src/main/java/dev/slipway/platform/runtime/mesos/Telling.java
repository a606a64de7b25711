package dev.slipway.platform.runtime.mesos;

import dev.slipway.platform.runtime.mesos.wire.HttpAnswer;
import dev.slipway.platform.runtime.mesos.wire.MasterSession;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Says calls to the master of one subscription, and ends it when one is not taken. */
final class Telling {
    private static final Logger LOG = Logger.getLogger(Telling.class);

    private final String site;
    private final MasterSession session;

    Telling(String site, MasterSession session) {
        this.site = site;
        this.session = session;
    }

    void tell(List<Call> calls) {
        try {
            List<CompletableFuture<HttpAnswer>> answers =
                    session.send(calls.stream().map(Call::toByteArray).toList());
            for (int i = 0; i < calls.size(); i++) {
                Call.Type type = calls.get(i).getType();
                answers.get(i).whenComplete((answer, failure) -> answered(type, answer, failure));
            }
        } catch (IOException e) {
            answered(calls.getFirst().getType(), null, e);
        }
    }

    /** A call that was not taken means that the master and we do not agree: begin anew, and ask about everything. */
    private void answered(Call.Type type, @Nullable HttpAnswer answer, @Nullable Throwable failure) {
        if (answer != null && answer.taken()) {
            return;
        }
        LOG.debugf(
                "call not taken site=%s call=%s answer=%s",
                site, type, answer == null ? String.valueOf(failure) : answer.summary());
        if (answer != null && answer.status() == 400 && !answer.text().contains("stream ID")) {
            LOG.warnf("call refused site=%s call=%s answer=%s", site, type, answer.summary());
        }
        session.close();
    }
}
