package dev.slipway.buildpacks.descriptor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code app.json} says. Keys that only matter elsewhere ({@code name}, {@code addons}, {@code buildpacks}…) are
 * accepted and ignored.
 *
 * @param environment variables the app wants
 * @param formation how many instances of each process type a new app starts with
 * @param healthChecks the checks of each process type
 * @param cron commands run by the clock
 * @param scripts name, for example {@code postdeploy}, to command
 */
public record AppDescriptor(
        Map<String, EnvironmentEntry> environment,
        Map<String, Formation> formation,
        Map<String, List<HealthCheck>> healthChecks,
        List<CronJob> cron,
        Map<String, String> scripts) {

    /** Name of the file in the source tree. */
    public static final String FILE = "app.json";

    /** What an app without the file has. */
    public static final AppDescriptor NONE = new AppDescriptor(Map.of(), Map.of(), Map.of(), List.of(), Map.of());

    public AppDescriptor {
        environment = ordered(environment);
        formation = ordered(formation);
        healthChecks = ordered(healthChecks);
        cron = List.copyOf(cron);
        scripts = ordered(scripts);
    }

    /**
     * Reads the file.
     *
     * @param text the whole file
     * @throws DescriptorException with the line and the key that are wrong
     */
    public static AppDescriptor parse(String text) throws DescriptorException {
        LocatedJson root = LocatedJson.parse(FILE, text).object();
        return new AppDescriptor(
                each(root.get("env"), EnvironmentEntry::read),
                each(root.get("formation"), Formation::read),
                each(root.get("healthchecks"), (type, checks) -> list(checks, HealthCheck::read)),
                list(root.get("cron"), CronJob::read),
                scripts(root.get("scripts")));
    }

    private static Map<String, String> scripts(LocatedJson scripts) throws DescriptorException {
        Map<String, String> found = new LinkedHashMap<>();
        if (scripts.present()) {
            for (Iterator<String> names = scripts.object().keys(); names.hasNext(); ) {
                String name = names.next();
                if (scripts.get(name).isText()) {
                    found.put(name, scripts.get(name).text());
                } else {
                    scripts.get(name).object();
                }
            }
        }
        return found;
    }

    private interface EntryReader<T> {
        T read(String name, LocatedJson value) throws DescriptorException;
    }

    private interface ItemReader<T> {
        T read(LocatedJson value) throws DescriptorException;
    }

    private static <T> Map<String, T> each(LocatedJson object, EntryReader<T> reader) throws DescriptorException {
        Map<String, T> found = new LinkedHashMap<>();
        if (object.present()) {
            for (Iterator<String> names = object.object().keys(); names.hasNext(); ) {
                String name = names.next();
                found.put(name, reader.read(name, object.get(name)));
            }
        }
        return found;
    }

    private static <T> List<T> list(LocatedJson array, ItemReader<T> reader) throws DescriptorException {
        List<T> found = new ArrayList<>();
        if (array.present()) {
            array.array();
            for (int i = 0; i < array.size(); i++) {
                found.add(reader.read(array.at(i)));
            }
        }
        return found;
    }

    private static <T> Map<String, T> ordered(Map<String, T> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
