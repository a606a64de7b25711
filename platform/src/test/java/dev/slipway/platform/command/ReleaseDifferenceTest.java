package dev.slipway.platform.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.command.ReleaseDifference.Change;
import dev.slipway.platform.command.ReleaseDifference.Turn;
import dev.slipway.platform.release.ProcessType;
import dev.slipway.platform.release.Release;
import dev.slipway.platform.release.ReleaseId;
import dev.slipway.tenancy.identity.AppId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReleaseDifferenceTest {
    private static final AppId APP = new AppId(UUID.randomUUID());

    private static Release release(int number, String image, String commit, ProcessType... types) {
        return new Release(
                new ReleaseId(UUID.randomUUID()),
                APP,
                number,
                "acme/shop",
                image,
                commit,
                "",
                List.of(types),
                Map.of(),
                List.of(),
                "ada",
                Instant.EPOCH);
    }

    @Test
    void namesWhatChangedAndNeverAConfigValue() {
        Release before = release(
                1, "sha256:a", "c1", new ProcessType("web", List.of("old")), new ProcessType("worker", List.of("w")));
        Release after = release(
                2, "sha256:b", "c2", new ProcessType("web", List.of("new")), new ProcessType("clock", List.of("c")));
        ReleaseDifference difference = ReleaseDifference.of(
                before, Map.of("GONE", "s3cret-1", "KEPT", "same", "NEW_VALUE", "s3cret-2"),
                after, Map.of("COME", "s3cret-3", "KEPT", "same", "NEW_VALUE", "s3cret-4"));
        assertThat(difference.from()).isEqualTo("v1");
        assertThat(difference.image()).contains(new Turn("sha256:a", "sha256:b"));
        assertThat(difference.commit()).contains(new Turn("c1", "c2"));
        assertThat(difference.processes())
                .containsExactly(
                        new Change("clock", "added", new Turn("", "c")),
                        new Change("web", "changed", new Turn("old", "new")),
                        new Change("worker", "removed", new Turn("w", "")));
        assertThat(difference.config())
                .extracting(change -> change.kind() + " " + change.name())
                .containsExactly("added COME", "removed GONE", "changed NEW_VALUE");
        assertThat(difference.toString()).doesNotContain("s3cret", "same");
    }

    @Test
    void equalReleasesDifferInNothing() {
        Release one = release(1, "sha256:a", "c1");
        Release same = release(2, "sha256:a", "c1");
        ReleaseDifference difference = ReleaseDifference.of(one, Map.of("A", "1"), same, Map.of("A", "1"));
        assertThat(difference.none()).isTrue();
        assertThat(difference.image()).isEqualTo(Optional.empty());
    }
}
