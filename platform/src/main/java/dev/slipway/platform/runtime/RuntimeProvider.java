package dev.slipway.platform.runtime;

import dev.slipway.platform.site.Site;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Opens the runtimes of one kind of site. Each adapter has one as a bean; nobody names it. Where two are of one kind, the
 * one of the higher priority is taken.
 */
public interface RuntimeProvider {

    /** The kind of site, as it stands in the site's row: {@code docker}, {@code mesos}. */
    String kind();

    /**
     * Opens the runtime of a site. Called once for each version of the site's settings; what was opened for an older
     * version is closed. Must not wait for the site to answer.
     *
     * @throws IllegalArgumentException saying which setting is wrong and how it has to be
     */
    Runtime open(Site site);

    /**
     * What has to be done on the machines of a site before it can be reached, where this program can make what they need
     * to know each other; empty where the site can be opened as it is.
     *
     * @throws IllegalArgumentException saying which setting is wrong and how it has to be
     */
    default Optional<Preparation> prepare(Site site) {
        return Optional.empty();
    }

    /**
     * A preparation.
     *
     * @param settings the site's from now on, secrets among them
     * @param commands one for each machine, to be pasted there
     */
    record Preparation(Map<String, String> settings, List<String> commands) {
        /** Copied. */
        public Preparation {
            settings = Map.copyOf(settings);
            commands = List.copyOf(commands);
        }

        /** Tells nothing: all of it is secret. */
        @Override
        public String toString() {
            return "Preparation";
        }
    }
}
