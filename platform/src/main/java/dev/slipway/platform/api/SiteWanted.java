package dev.slipway.platform.api;

import dev.slipway.platform.app.InvalidSettingException;
import dev.slipway.platform.command.SiteJoining;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is to become a site. */
@Schema(description = "What is to become a site.")
record SiteWanted(
        @Schema(examples = "dc-a") @Nullable String name,

        @Schema(
                description = "Its masters: host:port,host:port or zk://host:port,host:port/path",
                examples = "10.0.0.1:5050,10.0.0.2:5050")
        @Nullable
        String mesos,

        @Schema(
                description = "Or its machines with Docker Engine: host,host:port. Without settings the answer has a"
                        + " command to paste on each",
                examples = "10.0.0.1,10.0.0.2:2376")
        @Nullable
        String docker,

        @Schema(description = "Principal and secret, or token; and others. Stored sealed, never shown") @Nullable
        Map<String, String> settings,

        @Schema(description = "What constraints may ask for") @Nullable
        Map<String, String> attributes,

        @Schema(description = "A framework of the cluster to take over, or new", examples = "new") @Nullable
        String framework) {

    SiteJoining.Wanted wanted() {
        if (mesos != null && docker != null) {
            throw new InvalidSettingException("A site is either mesos or docker, not both.");
        }
        return new SiteJoining.Wanted(
                JsonBody.required("name", name),
                docker == null ? "mesos" : "docker",
                docker == null ? JsonBody.required("mesos", mesos) : docker,
                Objects.requireNonNullElse(settings, Map.of()),
                Objects.requireNonNullElse(attributes, Map.of()),
                Optional.ofNullable(framework));
    }

    /** Leaves out the settings, some of which are secret. */
    @Override
    public String toString() {
        return "SiteWanted[name=" + name + " mesos=" + mesos + " docker=" + docker + "]";
    }
}
