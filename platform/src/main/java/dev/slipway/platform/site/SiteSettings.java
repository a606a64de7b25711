package dev.slipway.platform.site;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When a site is believed to be silent, lost or back, and how fast instances move. */
@ConfigMapping(prefix = "slipway.sites")
public interface SiteSettings {
    /** Looks in a row that must fail before nothing new is placed at a site. */
    @WithDefault("3")
    int silentAfter();

    /** Looks in a row that must succeed before a silent site is used again. */
    @WithDefault("2")
    int answersAfter();

    /** How long a site may be silent, and none of its instances answer, before they run elsewhere; 0s for ever. */
    @WithDefault("60s")
    Duration lostAfter();

    /** Instances of lost sites that may be on their way elsewhere at a time. */
    @WithDefault("20")
    int failoverAtOnce();

    /** Instances that may be moving off drained sites and nodes at a time, one of an app. */
    @WithDefault("4")
    int movesAtOnce();

    /** How long a node that runs instances may be silent, at a site that answers, before they run elsewhere. */
    @WithDefault("60s")
    Duration nodeLostAfter();

    /** Instances that may move in an hour only because their apps would rather have them elsewhere; 0 for none. */
    @WithDefault("12")
    int rebalancePerHour();

    /** How long a drill may take. */
    @WithDefault("10m")
    Duration longestDrill();
}
