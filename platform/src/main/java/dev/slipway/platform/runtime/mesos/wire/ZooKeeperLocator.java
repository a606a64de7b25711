package dev.slipway.platform.runtime.mesos.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.KeeperException;

/**
 * Finds the masters in ZooKeeper, where each keeps an ephemeral {@code json.info_<number>} with a MasterInfo; the lowest
 * number leads. Asked anew each time, so that a new leader is found as soon as the old one's session has run out.
 */
public final class ZooKeeperLocator implements MasterLocator {
    private static final Pattern ADDRESS = Pattern.compile("zk://(?:([^@/]+)@)?([^/@]+)(/[^?#]+)");
    private static final String NODE = "json.info_";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String path;
    private final String servers;
    private final CuratorFramework zooKeeper;

    /**
     * @param address {@code zk://host:port,host:port/path}, with {@code user:password@} before the hosts for digest
     *     authentication
     * @throws IllegalArgumentException if it is anything else
     */
    public ZooKeeperLocator(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new IllegalArgumentException("A cluster in ZooKeeper is named zk://host:port,host:port/path, not '"
                    + withoutSecret(address) + "'");
        }
        this.servers = parts.group(2);
        this.path = parts.group(3).endsWith("/")
                ? parts.group(3).substring(0, parts.group(3).length() - 1)
                : parts.group(3);
        CuratorFrameworkFactory.Builder builder = CuratorFrameworkFactory.builder()
                .connectString(servers)
                .sessionTimeoutMs(10_000)
                .connectionTimeoutMs(5_000)
                .retryPolicy(new RetryOneTime(500));
        if (parts.group(1) != null) {
            builder.authorization("digest", parts.group(1).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        this.zooKeeper = builder.build();
        zooKeeper.start();
    }

    private static String withoutSecret(String address) {
        return address.replaceFirst("//[^@/]*@", "//…@");
    }

    @Override
    public List<MasterAddress> candidates() throws IOException {
        try {
            if (!zooKeeper.blockUntilConnected(
                    (int) Duration.ofSeconds(5).toSeconds(), java.util.concurrent.TimeUnit.SECONDS)) {
                throw new IOException("Tried to find the Mesos master in ZooKeeper at " + servers + ": no answer");
            }
            List<MasterAddress> found = new ArrayList<>();
            for (String child : zooKeeper.getChildren().forPath(path).stream()
                    .filter(name -> name.startsWith(NODE))
                    .sorted()
                    .toList()) {
                read(child, found);
            }
            if (found.isEmpty()) {
                throw new IOException("Tried to find the Mesos master in ZooKeeper at " + servers + path
                        + ": no master is registered there");
            }
            return found;
        } catch (IOException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking ZooKeeper", e);
        } catch (KeeperException.NoNodeException e) {
            throw new IOException(
                    "Tried to find the Mesos master in ZooKeeper at " + servers + ": there is no path " + path, e);
        } catch (Exception e) { // Curator declares no narrower one
            throw new IOException(
                    "Tried to find the Mesos master in ZooKeeper at " + servers + ": " + e.getMessage(), e);
        }
    }

    private void read(String child, List<MasterAddress> found) throws Exception {
        try {
            JsonNode info = JSON.readTree(zooKeeper.getData().forPath(path + "/" + child));
            JsonNode address = info.path("address");
            String host = address.hasNonNull("ip")
                    ? address.path("ip").asText()
                    : address.path("hostname").asText(info.path("hostname").asText());
            found.add(new MasterAddress(
                    host, address.path("port").asInt(info.path("port").asInt())));
        } catch (KeeperException.NoNodeException gone) {
            return; // its session ended between the two questions
        }
    }

    @Override
    public void close() {
        zooKeeper.close();
    }
}
