package dev.slipway.platform.proxy;

import io.netty.handler.codec.http.HttpDecoderConfig;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * What all connections of one proxy share.
 *
 * @param ticker nanoseconds from any start
 * @param decoding limits and strictness of the HTTP decoders
 * @param connections open client connections
 * @param draining the proxy is stopping: no connection goes on after its response
 */
record ProxyContext(
        Limits limits,
        LiveRoutes routes,
        LongSupplier ticker,
        TrustedPeers trusted,
        HttpDecoderConfig decoding,
        AtomicInteger connections,
        AtomicBoolean draining) {
    long now() {
        return ticker.getAsLong();
    }
}
