package dev.slipway.platform.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.tenancy.identity.UnknownNameException;
import dev.slipway.tenancy.secret.Sealer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Keeps the rows of sites. Every method joins the caller's transaction. */
@ApplicationScoped
@Transactional
public class Sites {
    private static final TypeReference<Map<String, String>> SETTINGS = new TypeReference<>() {};

    private final SiteRepository repository;
    private final Sealer sealer;
    private final ObjectMapper json;
    private final Clock clock;

    Sites(SiteRepository repository, Sealer sealer, ObjectMapper json, Clock clock) {
        this.repository = repository;
        this.sealer = sealer;
        this.json = json;
        this.clock = clock;
    }

    /** What an operator says about a new site. */
    public record Draft(
            SiteName name,
            String kind,
            String address,
            Map<String, String> settings,
            SortedMap<String, String> attributes) {
        public Draft {
            settings = Map.copyOf(settings);
            attributes = new TreeMap<>(attributes);
        }
    }

    /** All sites by name. */
    public List<Site> all() {
        return repository.list("order by name").stream().map(this::record).toList();
    }

    public Optional<Site> find(SiteName name) {
        return repository.find("name", name.value()).firstResultOptional().map(this::record);
    }

    /**
     * @throws UnknownNameException if there is none
     */
    public Site get(SiteName name) {
        return find(name).orElseThrow(() -> unknown(name));
    }

    /** Adds a site; it joins when it answers for the first time. */
    public Site add(Draft draft) {
        SiteEntity entity = new SiteEntity();
        entity.id = UUID.randomUUID();
        entity.name = draft.name().value();
        entity.kind = draft.kind();
        entity.address = draft.address();
        entity.settingsSealed = seal(entity.id, draft.settings());
        entity.attributes = new TreeMap<>(draft.attributes());
        entity.version = 1;
        entity.createdAt = clock.instant();
        entity.state(new SiteState.Joining(), entity.createdAt);
        repository.persist(entity);
        return record(entity);
    }

    /** Replaces where a site is and what its kind wants to know. */
    public Site change(SiteName name, String address, Map<String, String> settings) {
        SiteEntity entity = locked(name);
        entity.address = address;
        entity.settingsSealed = seal(entity.id, settings);
        entity.version++;
        return record(entity);
    }

    /** Replaces what constraints may ask for. */
    public Site attributes(SiteName name, SortedMap<String, String> attributes) {
        SiteEntity entity = locked(name);
        entity.attributes = new TreeMap<>(attributes);
        return record(entity);
    }

    /** Tells a site what happened; gives the site as it is afterwards if that changed its state. */
    public Optional<Site> on(SiteName name, SiteEvent event) {
        SiteEntity entity = locked(name);
        return entity.state().on(event).map(next -> {
            entity.state(next, clock.instant());
            return record(entity);
        });
    }

    /** Forgets a site. */
    public void remove(SiteName name) {
        repository.delete(locked(name));
    }

    private SiteEntity locked(SiteName name) {
        return repository.locked(name).orElseThrow(() -> unknown(name));
    }

    private Site record(SiteEntity entity) {
        return new Site(
                new SiteId(entity.id),
                new SiteName(entity.name),
                entity.kind,
                entity.address,
                entity.settingsSealed == null ? Map.of() : open(entity),
                new TreeMap<>(entity.attributes),
                entity.state(),
                entity.version,
                entity.createdAt,
                entity.stateSince);
    }

    private byte[] seal(UUID id, Map<String, String> settings) {
        try {
            return sealer.seal(json.writeValueAsBytes(settings), context(id));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("settings of a site cannot be written: site=" + id, e);
        }
    }

    private Map<String, String> open(SiteEntity entity) {
        try {
            return json.readValue(sealer.open(entity.settingsSealed, context(entity.id)), SETTINGS);
        } catch (IOException e) {
            throw new IllegalStateException("settings of a site cannot be read: site=" + entity.name, e);
        }
    }

    private static UnknownNameException unknown(SiteName name) {
        return new UnknownNameException("site", name.value(), "There is no site " + name + ": sites lists them.");
    }

    private static String context(UUID id) {
        return "site/" + id;
    }
}
