package dev.slipway.platform.runtime;

import dev.slipway.platform.site.Site;

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
}
