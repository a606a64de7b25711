package dev.slipway.platform.ssh;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.Signal;

/** The tty of one ssh channel. */
final class ChannelTerminal implements Terminal {
    private final Environment environment;

    private ChannelTerminal(Environment environment) {
        this.environment = environment;
    }

    /** The terminal, if the client asked for one: a pty request always sets all three values. */
    static Optional<Terminal> of(Environment environment) {
        Map<String, String> values = environment.getEnv();
        boolean asked = values.containsKey(Environment.ENV_TERM)
                && values.containsKey(Environment.ENV_COLUMNS)
                && values.containsKey(Environment.ENV_LINES);
        return asked ? Optional.of(new ChannelTerminal(environment)) : Optional.empty();
    }

    @Override
    public String type() {
        return environment.getEnv().getOrDefault(Environment.ENV_TERM, "dumb");
    }

    @Override
    public int columns() {
        return size(Environment.ENV_COLUMNS, 80);
    }

    @Override
    public int rows() {
        return size(Environment.ENV_LINES, 24);
    }

    @Override
    public void onResize(BiConsumer<Integer, Integer> listener) {
        environment.addSignalListener((channel, signal) -> listener.accept(columns(), rows()), Signal.WINCH);
    }

    @Override
    public void onSignal(Consumer<String> listener) {
        environment.addSignalListener(
                (channel, signal) -> listener.accept(signal.name()),
                Signal.INT,
                Signal.TERM,
                Signal.QUIT,
                Signal.HUP,
                Signal.KILL,
                Signal.USR1,
                Signal.USR2);
    }

    private int size(String name, int otherwise) {
        try {
            int value = Integer.parseInt(environment.getEnv().getOrDefault(name, ""));
            return value >= 1 ? value : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
