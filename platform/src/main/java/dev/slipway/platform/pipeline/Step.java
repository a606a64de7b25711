package dev.slipway.platform.pipeline;

/** The places on the way from a push to a live URL at which something has just been made to last. In their order. */
public enum Step {
    BUILD_QUEUED,
    BUILD_STARTED,
    IMAGE_WRITTEN,
    RELEASE_MADE,
    DEPLOYMENT_BEGUN,
    RELEASE_PHASE_DONE,
    INSTANCES_INTENDED,
    INSTANCES_HEALTHY,
    RELEASE_LIVE,
    ROUTES_SWITCHED,
    OLD_INSTANCES_ENDED,
    DEPLOYMENT_DONE,
    /** Of a deployment that is cancelled after the switch only, as is the next. */
    GOING_BACK,
    FORMER_LIVE
}
