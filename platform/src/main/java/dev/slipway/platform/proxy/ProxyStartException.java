package dev.slipway.platform.proxy;

import java.net.InetSocketAddress;

/** The proxy could not listen. */
public final class ProxyStartException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient InetSocketAddress address;

    ProxyStartException(InetSocketAddress address, Throwable cause) {
        super(
                "The proxy cannot listen on " + address + " (slipway.proxy.host, slipway.proxy.port): "
                        + cause.getMessage(),
                cause);
        this.address = address;
    }

    /** The address that was asked for. */
    public InetSocketAddress address() {
        return address;
    }
}
