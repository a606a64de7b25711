package dev.slipway.platform.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.tenancy.identity.InvalidNameException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tenant may let the platform send to. */
class ReachableTest {
    private final Reachable reachable = new Reachable(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.10",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "198.19.255.255",
                "224.0.0.251",
                "255.255.255.255",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1"
            })
    void whatIsNotPlainlyPublicIsRefused(String address) throws Exception {
        assertThat(reachable.allows(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"8.8.8.8", "172.15.255.255", "172.32.0.0", "100.63.255.255", "2606:4700::1111", "193.0.0.1"})
    void whatIsPublicIsReached(String address) throws Exception {
        assertThat(reachable.allows(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void operatorsAllowNetworksAndNoMore() throws Exception {
        Reachable some = new Reachable(List.of("10.20.0.0/16", "fd12::/16", "192.168.7.7"));
        assertThat(some.allows(InetAddress.getByName("10.20.255.1"))).isTrue();
        assertThat(some.allows(InetAddress.getByName("10.21.0.1"))).isFalse();
        assertThat(some.allows(InetAddress.getByName("fd12:3::4"))).isTrue();
        assertThat(some.allows(InetAddress.getByName("192.168.7.7"))).isTrue();
        assertThat(some.allows(InetAddress.getByName("192.168.7.8"))).isFalse();
        assertThat(some.of("127.0.0.1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "localhost", "10.0.0.0/x", "", "example.com/8"})
    void whatIsNoNetworkIsRefusedAtTheStart(String network) {
        assertThatThrownBy(() -> new Reachable(List.of(network))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://hooks.example.com/x",
                "file:///etc/passwd",
                "https://ada:secret@hooks.example.com/",
                "https:///path",
                "hooks.example.com",
                "https://hooks.example.com/\r\nHost: other",
                ""
            })
    void whatIsNoAddressOfTheWebIsRefused(String address) {
        assertThatThrownBy(() -> HookAddress.parse(address)).isInstanceOf(InvalidNameException.class);
    }

    @Test
    void anAddressIsTakenApart() {
        HookAddress plain = HookAddress.parse("http://hooks.example.com");
        assertThat(plain.port()).isEqualTo(80);
        assertThat(plain.target()).isEqualTo("/");
        HookAddress full = HookAddress.parse("https://[2606:4700::1111]:8443/a/b?c=d");
        assertThat(full.host()).isEqualTo("2606:4700::1111");
        assertThat(full.port()).isEqualTo(8443);
        assertThat(full.secure()).isTrue();
        assertThat(full.target()).isEqualTo("/a/b?c=d");
    }
}
