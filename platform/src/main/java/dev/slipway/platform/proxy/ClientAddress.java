package dev.slipway.platform.proxy;

import java.net.InetSocketAddress;

/**
 * Who is at the other end of a client connection.
 *
 * @param text its IP address
 * @param port the port of the proxy it came to, as text
 * @param trusted whether its forwarding fields are believed
 */
record ClientAddress(String text, String port, boolean trusted) {
    static ClientAddress of(InetSocketAddress remote, InetSocketAddress local, TrustedPeers trusted) {
        return new ClientAddress(
                remote.getAddress().getHostAddress(), Integer.toString(local.getPort()), trusted.contains(remote));
    }
}
