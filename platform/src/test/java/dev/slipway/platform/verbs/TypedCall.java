package dev.slipway.platform.verbs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.platform.ssh.Terminal;
import dev.slipway.platform.ssh.VerbCall;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.identity.UserId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What a person types, and what they then see. */
final class TypedCall {
    static final ObjectMapper JSON = JsonMapper.builder()
            .findAndAddModules()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final VerbCall call;

    private TypedCall(Principal principal, Optional<Terminal> terminal, String... words) {
        call = new VerbCall(
                principal, List.of(words), Map.of(), new ByteArrayInputStream(new byte[0]), out, err, terminal);
    }

    static TypedCall of(String... words) {
        return new TypedCall(new Principal.Person(UserId.random(), "ada", false), Optional.empty(), words);
    }

    static TypedCall by(Principal principal, String... words) {
        return new TypedCall(principal, Optional.empty(), words);
    }

    static TypedCall atTerminal(String... words) {
        return new TypedCall(new Principal.Person(UserId.random(), "ada", false), Optional.of(new Tty()), words);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static final class Tty implements Terminal {
        @Override
        public String type() {
            return "xterm";
        }

        @Override
        public int columns() {
            return 80;
        }

        @Override
        public int rows() {
            return 24;
        }

        @Override
        public void onResize(BiConsumer<Integer, Integer> listener) {}

        @Override
        public void onSignal(Consumer<String> listener) {}
    }
}
