package dev.slipway.platform.proxy;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetSocketAddress;
import java.util.List;

/** The networks whose forwarding fields are believed. */
final class TrustedPeers {
    private final List<IpSubnetFilterRule> networks;

    /**
     * @param networks addresses or CIDR networks
     * @throws IllegalArgumentException naming the one that is neither
     */
    TrustedPeers(List<String> networks) {
        this.networks = networks.stream().map(TrustedPeers::rule).toList();
    }

    boolean contains(InetSocketAddress peer) {
        for (IpSubnetFilterRule network : networks) {
            if (network.matches(peer)) {
                return true;
            }
        }
        return false;
    }

    private static IpSubnetFilterRule rule(String network) {
        String[] parts = network.trim().split("/", 2);
        try {
            int whole = parts[0].contains(":") ? 128 : 32;
            int bits = parts.length == 1 ? whole : Integer.parseInt(parts[1]);
            return new IpSubnetFilterRule(parts[0], bits, IpFilterRuleType.ACCEPT);
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException("slipway.proxy.trusted: not an address or network: " + network, bad);
        }
    }
}
