package dev.slipway.platform.runtime.mesos.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real ZooKeeper, with the nodes that a real Mesos 1.11 makes. */
class ZooKeeperLocatorTest {
    private static TestingServer server;
    private static CuratorFramework client;

    @BeforeAll
    static void start() throws Exception {
        server = new TestingServer();
        client = CuratorFrameworkFactory.newClient(server.getConnectString(), new RetryOneTime(100));
        client.start();
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        server.close();
    }

    private static void master(String node, int port) throws Exception {
        String info =
                "{\"address\":{\"hostname\":\"127.0.0.1\",\"ip\":\"127.0.0.1\",\"port\":" + port + "},\"hostname\":"
                        + "\"127.0.0.1\",\"id\":\"x\",\"ip\":16777343,\"pid\":\"master@127.0.0.1:" + port
                        + "\",\"port\":" + port
                        + ",\"version\":\"1.11.0\"}";
        client.create().creatingParentsIfNeeded().forPath(node, info.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void surprise57_theLowestNumberLeads() throws Exception {
        master("/a/json.info_0000000007", 5072);
        master("/a/json.info_0000000003", 5070);
        client.create().forPath("/a/log_replicas");
        try (ZooKeeperLocator locator = new ZooKeeperLocator("zk://" + server.getConnectString() + "/a/")) {
            assertThat(locator.candidates())
                    .containsExactly(new MasterAddress("127.0.0.1", 5070), new MasterAddress("127.0.0.1", 5072));
            client.delete().forPath("/a/json.info_0000000003");
            assertThat(locator.candidates()).containsExactly(new MasterAddress("127.0.0.1", 5072));
            client.delete().forPath("/a/json.info_0000000007");
            assertThatThrownBy(locator::candidates)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no master is registered");
        }
    }

    @Test
    void aMissingPathIsNamed() {
        try (ZooKeeperLocator locator = new ZooKeeperLocator("zk://" + server.getConnectString() + "/nowhere")) {
            assertThatThrownBy(locator::candidates).hasMessageContaining("there is no path /nowhere");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zk://", "zk://h:1", "http://h:1/p", "zk://u:geheim@/p"})
    void refusesWhatIsNoAddressAndTellsNoSecret(String address) {
        assertThatThrownBy(() -> new ZooKeeperLocator(address).close())
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("geheim");
    }
}
