package dev.slipway.platform.placement;

/** What can fail as one, from the large to the small. */
public enum Domain {
    SITE,
    RACK,
    NODE
}
