package dev.slipway.platform.app;

import dev.slipway.tenancy.identity.AppId;
import dev.slipway.tenancy.secret.Sealer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** An app's config variables, sealed at rest under the app and the name, so that a value moved to another row does not open. */
@ApplicationScoped
@Transactional
public class AppConfig {
    private static final int MAX_VALUE_BYTES = 64 << 10;
    private static final int MAX_VARIABLES = 1_000;

    private final ConfigRepository repository;
    private final Sealer sealer;
    private final Clock clock;

    AppConfig(ConfigRepository repository, Sealer sealer, Clock clock) {
        this.repository = repository;
        this.sealer = sealer;
        this.clock = clock;
    }

    /** All variables with their values in the clear, sorted by name. */
    public SortedMap<String, String> of(AppId app) {
        SortedMap<String, String> config = new TreeMap<>();
        for (ConfigVarEntity entity : repository.of(app.value())) {
            byte[] plain = sealer.open(entity.sealed, context(app, entity.name));
            config.put(entity.name, new String(plain, StandardCharsets.UTF_8));
        }
        return config;
    }

    /** Sets the given variables and leaves the others; all or nothing. */
    public void set(AppId app, Map<ConfigName, String> values) {
        for (Map.Entry<ConfigName, String> entry : values.entrySet()) {
            String name = entry.getKey().value();
            byte[] plain = entry.getValue().getBytes(StandardCharsets.UTF_8);
            if (plain.length > MAX_VALUE_BYTES) {
                throw new InvalidSettingException("the value of " + name + " has " + plain.length + " bytes; at most "
                        + MAX_VALUE_BYTES + " fit. Put large data into a file or a service");
            }
            if (entry.getValue().indexOf('\0') >= 0) {
                throw new InvalidSettingException(
                        "the value of " + name + " has a NUL byte, which no environment can carry");
            }
            ConfigVarEntity entity = repository.findById(new ConfigVarEntity.Key(app.value(), name));
            boolean absent = entity == null;
            if (absent) {
                entity = new ConfigVarEntity();
                entity.appId = app.value();
                entity.name = name;
            }
            entity.sealed = sealer.seal(plain, context(app, name));
            entity.updatedAt = clock.instant();
            if (absent) {
                repository.persist(entity);
            }
        }
        if (repository.count("appId", app.value()) > MAX_VARIABLES) {
            throw new InvalidSettingException("an app can have at most " + MAX_VARIABLES + " config variables");
        }
    }

    /** Removes the named variables; a name that is not there is no error. Returns how many there were. */
    public int unset(AppId app, Collection<String> names) {
        int removed = 0;
        for (String name : names) {
            removed += repository.deleteById(new ConfigVarEntity.Key(app.value(), name)) ? 1 : 0;
        }
        return removed;
    }

    public void removeAll(AppId app) {
        repository.delete("appId", app.value());
    }

    private static String context(AppId app, String name) {
        return "config/" + app.value() + "/" + name;
    }
}
