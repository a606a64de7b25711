package dev.slipway.platform.command;

import dev.slipway.platform.app.AppConfig;
import dev.slipway.platform.app.AppSettings;
import dev.slipway.platform.app.AppSettingsStore;
import dev.slipway.platform.app.ConfigName;
import dev.slipway.platform.pipeline.Rollout;
import dev.slipway.tenancy.access.Permission;
import dev.slipway.tenancy.access.Principal;
import dev.slipway.tenancy.audit.AuditField;
import dev.slipway.tenancy.identity.AppRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Config variables of an app. */
@ApplicationScoped
public class ConfigCommands {
    private static final int NAMES_TOLD = 5;

    private final AppDoor door;
    private final AppSettingsStore settings;
    private final AppConfig config;
    private final Rollout rollout;

    ConfigCommands(AppDoor door, AppSettingsStore settings, AppConfig config, Rollout rollout) {
        this.door = door;
        this.settings = settings;
        this.config = config;
        this.rollout = rollout;
    }

    /** All variables with their values. */
    public SortedMap<String, String> show(Principal principal, AppRef ref) {
        return config.of(door.enter(principal, Permission.APP_CONFIG_READ, ref).id());
    }

    /**
     * Changes some variables, all or none, and begins to deploy the live image with them.
     *
     * @param wanted values by name; empty to unset
     * @throws dev.slipway.platform.app.InvalidSettingException for a name or value that no environment can carry
     */
    public ConfigChanged change(Principal principal, AppRef ref, Map<String, Optional<String>> wanted) {
        return change(principal, ref, wanted, Precondition.NONE);
    }

    /** As the other, if the config is what somebody has seen. */
    public ConfigChanged change(
            Principal principal, AppRef ref, Map<String, Optional<String>> wanted, Precondition precondition) {
        AppSettings app = door.enter(principal, Permission.APP_CONFIG_WRITE, ref);
        Map<ConfigName, Optional<String>> named = new LinkedHashMap<>();
        wanted.forEach((name, value) -> named.put(new ConfigName(name), value));
        return door.change(app.id(), () -> {
            settings.lock(app.id());
            SortedMap<String, String> before = config.of(app.id());
            precondition.check(Optional.of(before));
            Map<ConfigName, String> set = new LinkedHashMap<>();
            List<String> unset = new ArrayList<>();
            named.forEach((name, value) -> {
                if (value.isEmpty() && before.containsKey(name.value())) {
                    unset.add(name.value());
                }
                value.filter(some -> !some.equals(before.get(name.value()))).ifPresent(some -> set.put(name, some));
            });
            List<String> setNames =
                    set.keySet().stream().map(ConfigName::value).sorted().toList();
            if (set.isEmpty() && unset.isEmpty()) {
                return new ConfigChanged(setNames, unset, Optional.empty());
            }
            config.set(app.id(), set);
            config.unset(app.id(), unset);
            List<String> all = new ArrayList<>(setNames);
            all.addAll(unset);
            door.record(principal, "config.change", ref, Map.of(AuditField.CONFIG_KEYS, String.join(" ", all)));
            Optional<Rolling> rolling = rollout.config(app.id(), describe(setNames, unset), principal.label())
                    .map(Rolling::of);
            return new ConfigChanged(setNames, unset, rolling);
        });
    }

    private static String describe(List<String> set, List<String> unset) {
        List<String> parts = new ArrayList<>();
        if (!set.isEmpty()) {
            parts.add("Set " + some(set));
        }
        if (!unset.isEmpty()) {
            parts.add((set.isEmpty() ? "Unset " : "unset ") + some(unset));
        }
        return String.join(", ", parts);
    }

    private static String some(List<String> names) {
        return names.size() <= NAMES_TOLD
                ? String.join(" ", names)
                : String.join(" ", names.subList(0, NAMES_TOLD)) + " and " + (names.size() - NAMES_TOLD) + " more";
    }
}
