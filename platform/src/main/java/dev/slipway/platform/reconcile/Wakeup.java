package dev.slipway.platform.reconcile;

import dev.slipway.tenancy.identity.AppId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells whoever looks after apps in this process that one of them changed; losing a word costs time, never truth. */
@ApplicationScoped
public class Wakeup {
    private final List<Consumer<AppId>> listeners = new CopyOnWriteArrayList<>();

    public void listen(Consumer<AppId> listener) {
        listeners.add(listener);
    }

    /** To be called after the change has been committed. */
    public void changed(AppId app) {
        listeners.forEach(listener -> listener.accept(app));
    }
}
