package dev.slipway.platform.app;

import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.identity.AppRef;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.IDN;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The hosts an app answers to: one given by its name, and custom domains. */
@ApplicationScoped
@Transactional
public class AppDomains {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private final DomainRepository repository;
    private final Clock clock;
    private final String appsDomain;

    AppDomains(
            DomainRepository repository,
            Clock clock,
            @ConfigProperty(name = "slipway.apps-domain", defaultValue = "apps.localhost") String appsDomain) {
        this.repository = repository;
        this.clock = clock;
        this.appsDomain = appsDomain.toLowerCase(Locale.ROOT);
    }

    /** The host every app has: {@code app--tenant.apps-domain}, one label so that a wildcard certificate covers all. */
    public String hostOf(AppRef ref) {
        return ref.app().value() + "--" + ref.tenant().value() + "." + appsDomain;
    }

    public List<String> of(AppId app) {
        return repository.list("appId = ?1 order by host", app.value()).stream()
                .map(domain -> domain.host)
                .toList();
    }

    /** The custom domains of those of some apps that have any. */
    public Map<AppId, List<String>> of(Collection<AppId> apps) {
        return repository
                .list(
                        "appId in ?1 order by host",
                        apps.stream().map(AppId::value).toList())
                .stream()
                .collect(Collectors.groupingBy(
                        domain -> new AppId(domain.appId),
                        Collectors.mapping(domain -> domain.host, Collectors.toList())));
    }

    /** The custom domains of all apps that have any. */
    public Map<AppId, List<String>> all() {
        return repository.listAll().stream()
                .collect(Collectors.groupingBy(
                        domain -> new AppId(domain.appId),
                        Collectors.mapping(domain -> domain.host, Collectors.toList())));
    }

    /**
     * Adds a custom domain and returns its normal form.
     *
     * @throws InvalidSettingException when it is no host name, lies under the apps domain, or is taken
     */
    public String add(AppId app, String domain) {
        String host = normal(domain);
        if (host.equals(appsDomain) || host.endsWith("." + appsDomain)) {
            throw new InvalidSettingException(
                    host + " lies under " + appsDomain + ", whose hosts Slipway gives to apps by name");
        }
        DomainEntity present = repository.findById(host);
        if (present != null) {
            if (present.appId.equals(app.value())) {
                return host;
            }
            throw new InvalidSettingException(host + " is already in use on this platform; remove it there first");
        }
        DomainEntity entity = new DomainEntity();
        entity.host = host;
        entity.appId = app.value();
        entity.createdAt = clock.instant();
        repository.persist(entity);
        return host;
    }

    /** Removes a custom domain; returns whether the app had it. */
    public boolean remove(AppId app, String domain) {
        return repository.delete("host = ?1 and appId = ?2", normal(domain), app.value()) > 0;
    }

    public void removeAll(AppId app) {
        repository.delete("appId", app.value());
    }

    /** A host name as it is kept: small letters, ASCII, no dot at the end. */
    public static String normal(String domain) {
        String host;
        try {
            host = IDN.toASCII(domain.strip().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("'" + domain + "' is not a host name: " + e.getMessage());
        }
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        String[] labels = host.split("\\.", -1);
        boolean wellFormed = host.length() <= 253 && labels.length >= 2;
        for (String label : labels) {
            wellFormed &= LABEL.matcher(label).matches();
        }
        if (!wellFormed || host.matches("[0-9.]+")) {
            throw new InvalidSettingException("'" + domain + "' is not a host name such as shop.example.com");
        }
        return host;
    }
}
