package dev.slipway.platform.site;

/** What happens to a site as a whole. */
public enum SiteEvent {
    /** Enough of its signals in a row are good. */
    ANSWERS,
    /** Enough of its signals in a row are bad. */
    SILENT,
    /** It has been silent for as long as it is given. */
    GIVEN_UP,
    /** What it runs has been compared with the rows after its return, and what ran twice is ended. */
    SETTLED,
    /** An operator wants nothing new on it. */
    DRAIN,
    /** An operator wants it back in use. */
    UNDRAIN
}
