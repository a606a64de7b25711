package dev.slipway.platform.proxy;

import java.util.Map;

/** Where the proxy counts. Called on event loops: must be cheap and never block. */
public interface ProxyMetrics {
    /** The meter of one app; the same app always gets the same meter. */
    AppMeter meter(String app);

    /** What has been counted so far, by app. */
    Map<String, AppTotals> totals();

    /** Counts for one app. */
    interface AppMeter {
        /**
         * One request has ended.
         *
         * @param status what the client got; 499 if it went away before
         * @param nanos from the end of the request's header to the end of the response
         */
        void completed(int status, long nanos);
    }
}
