package dev.slipway.platform.command;

import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.availability.Availability;
import dev.slipway.platform.availability.AvailabilitySettings;
import dev.slipway.platform.availability.Month;
import dev.slipway.platform.site.Sites;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.identity.AppRef;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** How much of the time apps and sites were well, month by month, against the target. */
@ApplicationScoped
public class AvailabilityCommands {
    private final AppDoor door;
    private final SiteCommands siteCommands;
    private final Sites sites;
    private final Availability availability;
    private final AvailabilitySettings settings;

    AvailabilityCommands(
            AppDoor door,
            SiteCommands siteCommands,
            Sites sites,
            Availability availability,
            AvailabilitySettings settings) {
        this.door = door;
        this.siteCommands = siteCommands;
        this.sites = sites;
        this.availability = availability;
        this.settings = settings;
    }

    /**
     * A month.
     *
     * @param month such as {@code 2026-03}
     * @param percent of the looks, one a minute, that found it well, rounded down
     * @param target percent that is promised
     * @param met whether that was reached
     * @param looks how many there were
     * @param bad how many found it unwell: minutes
     * @param requests as far as the proxies beside the control plane answered them
     * @param failedRequests those answered with an error of the server's
     */
    public record AvailabilityFacts(
            String month,
            Optional<BigDecimal> percent,
            BigDecimal target,
            Optional<Boolean> met,
            long looks,
            long bad,
            long requests,
            long failedRequests) {}

    /** Of an app, the newest month first. */
    public List<AvailabilityFacts> app(Principal principal, AppRef ref) {
        AppSettings app = QuarkusTransaction.requiringNew().call(() -> door.enter(principal, Permission.APP_VIEW, ref));
        return facts(
                availability.months(Availability.Scope.APP, app.id().value().toString()));
    }

    /** Of a site, for operators. */
    public List<AvailabilityFacts> site(Principal principal, String name) {
        siteCommands.enter(principal);
        String site = QuarkusTransaction.requiringNew()
                .call(() -> sites.get(SiteCommands.name(name)))
                .name()
                .value();
        return facts(availability.months(Availability.Scope.SITE, site));
    }

    private List<AvailabilityFacts> facts(List<Month> months) {
        return months.stream()
                .map(month -> new AvailabilityFacts(
                        month.month().toString(),
                        month.availability(),
                        settings.target(),
                        month.meets(settings.target()),
                        month.looks(),
                        month.looks() - month.good(),
                        month.requests(),
                        month.failed()))
                .toList();
    }
}
