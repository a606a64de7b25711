package dev.slipway.platform.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.site.InstallationId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FirewallTest {

    private static final InstallationId INSTALLATION =
            new InstallationId(UUID.fromString("11111111-2222-3333-4444-555555555555"));

    /** Remembers rules as the kernel would. */
    private static final class Kernel implements PacketFilter {
        private final Set<List<String>> jumps = new HashSet<>();
        private final List<String> inserted = new ArrayList<>();
        private Optional<String> refusal = Optional.empty();

        @Override
        public Optional<String> restore(List<String> lines) {
            return refusal;
        }

        @Override
        public Optional<String> run(List<String> arguments) {
            List<String> rule = arguments.subList(1, arguments.size());
            return switch (arguments.getFirst()) {
                case "-C" -> jumps.contains(rule) ? Optional.empty() : Optional.of("no such rule");
                case "-I" -> {
                    jumps.add(rule);
                    inserted.add(String.join(" ", rule));
                    yield Optional.empty();
                }
                case "-D" -> {
                    jumps.remove(rule);
                    yield Optional.empty();
                }
                default -> Optional.empty();
            };
        }
    }

    private final Kernel kernel = new Kernel();

    private Firewall firewall(Map<String, String> settings) {
        return new Firewall(
                TestEngine.settings(DockerSettings.class, settings),
                INSTALLATION,
                kernel,
                Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));
    }

    @Test
    void putsEachRuleInPlaceOnce() {
        assertThat(firewall(Map.of()).warning()).isEmpty();
        assertThat(firewall(Map.of()).warning()).isEmpty();
        assertThat(kernel.inserted)
                .hasSize(4)
                .contains("INPUT -i s111111b+ -m comment --comment slipway " + INSTALLATION
                        + " -j SLIPWAY-11111111-HOST");
        firewall(Map.of()).remove();
        assertThat(kernel.jumps).isEmpty();
    }

    @Test
    void saysWhenItCannot() {
        kernel.refusal = Optional.of("iptables-restore is not installed");
        assertThat(firewall(Map.of()).warning().orElseThrow())
                .contains("iptables-restore is not installed")
                .contains("s111111*");
    }

    @Test
    void saysWhenItMustNot() {
        assertThat(firewall(Map.of("slipway.docker.firewall", "false"))
                        .warning()
                        .orElseThrow())
                .contains("slipway.docker.firewall");
    }

    @Test
    void namesOfBridgesFitTheKernel() {
        assertThat(Firewall.interfacePrefix(INSTALLATION, 't')).hasSize(8);
    }
}
