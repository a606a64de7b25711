package dev.slipway.buildpacks.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.RepositoryName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushFormatTest {

    private final PushFormat format = new PushFormat("127.0.0.1:8080");

    @Test
    void linesAreThoseOfAPush() {
        Digest digest = Digest.sha256(new byte[0]);
        assertThat(format.lines(new BuildEvent.Detected("Node.js", "package.json, node 22 from engines")))
                .containsExactly("-----> Detected: Node.js (package.json, node 22 from engines)");
        assertThat(format.lines(new BuildEvent.Output("npm ci: 57 packages in 2.1 s (cache hit)")))
                .containsExactly("       npm ci: 57 packages in 2.1 s (cache hit)");
        assertThat(format.lines(
                        new BuildEvent.ImageWritten(RepositoryName.parse("acme/shop"), digest, 41_200_000, 2, 6)))
                .containsExactly("-----> Image: 127.0.0.1:8080/acme/shop@" + digest + " 41 MB, 2 of 6 layers new");
        assertThat(format.lines(new BuildEvent.Failed(List.of("Tried x.\ncame y", "do z"))))
                .containsExactly(" !     Tried x.", " !     came y", " !     do z");
        assertThat(format.lines(new BuildEvent.PhaseEnded("build", Duration.ZERO)))
                .isEmpty();
    }

    @Test
    void sizesAreForPeople() {
        assertThat(List.of(0L, 999L, 1000L, 9_949L, 999_499L, 999_999L, 41_000_000L, 5_000_000_000_000L).stream()
                        .map(PushFormat::size))
                .containsExactly("0 B", "999 B", "1.0 kB", "9.9 kB", "999 kB", "1.0 MB", "41 MB", "5000 GB");
    }
}
