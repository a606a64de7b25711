package dev.slipway.platform.image;

import dev.slipway.platform.reconcile.ImageAccess;
import dev.slipway.platform.runtime.PullCredentials;
import dev.slipway.registry.RegistrySettings;
import dev.slipway.registry.access.Action;
import dev.slipway.registry.oci.Digest;
import dev.slipway.registry.oci.ImageReference;
import dev.slipway.registry.oci.RepositoryName;
import dev.slipway.registry.replicate.Standing;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Images by digest from the registry of this program, or from the one that a site has of its own. */
@ApplicationScoped
class InstanceImages implements ImageAccess {
    private static final double MEGA = 1e6;

    private final PullPass passes;
    private final SiteImages sites;
    private final RegistrySettings settings;
    private final String host;

    InstanceImages(
            PullPass passes,
            SiteImages sites,
            RegistrySettings settings,
            @ConfigProperty(name = "slipway.registry.host") Optional<String> host,
            @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int port) {
        this.passes = passes;
        this.sites = sites;
        this.settings = settings;
        this.host = host.orElse("127.0.0.1:" + port);
    }

    @Override
    public ImageReference reference(String site, RepositoryName repository, Digest image) {
        String from = own(site).map(registry -> registry.url().getAuthority()).orElse(host);
        return new ImageReference(from, repository, image);
    }

    @Override
    public PullCredentials credentials(String site, RepositoryName repository) {
        return own(site)
                .map(registry -> new PullCredentials(
                        registry.username().orElse(""), registry.password().orElse("")))
                .orElseGet(() -> passes.issue(repository, Set.of(Action.PULL)));
    }

    @Override
    public Presence want(String site, RepositoryName repository, Digest image) {
        return switch (sites.want(site, repository, image)) {
            case Standing.There there -> Presence.THERE;
            case Standing.Coming coming -> new Presence(Optional.of(sentence(site, coming)), coming.bytesThere());
        };
    }

    private Optional<RegistrySettings.MirrorSettings> own(String site) {
        return Optional.ofNullable(settings.replicas().get(site));
    }

    private static String sentence(String site, Standing.Coming coming) {
        String amount = coming.bytes() == 0
                ? ""
                : String.format(Locale.ROOT, ", %.1f of %.1f MB", coming.bytesThere() / MEGA, coming.bytes() / MEGA);
        return "its image is on its way to the registry of site " + site + amount
                + coming.trouble()
                        .map(trouble -> "; the last try said: " + trouble)
                        .orElse("");
    }
}
