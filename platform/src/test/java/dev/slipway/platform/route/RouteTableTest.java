package dev.slipway.platform.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
    private static final Route SHOP = Route.to("acme/shop", new Backend("i1", "127.0.0.1", 3000));
    private static final RouteTable TABLE =
            new RouteTable(7, Map.of("shop.example", SHOP, "off.example", Route.unavailable("acme/off", "Stopped.")));

    @ParameterizedTest
    @CsvSource({
        "shop.example,shop.example", "SHOP.Example:8000,shop.example", "shop.example.,shop.example",
        "shop.example.:80,shop.example", "b\u00fccher.example,xn--bcher-kva.example", "127.0.0.1:1,127.0.0.1",
        "[::1]:8000,[::1]", "[FE80::1],[fe80::1]", "a_b.c,a_b.c"
    })
    void spellsHostsOneWay(String given, String spelled) {
        assertThat(HostName.normalise(given)).isEqualTo(spelled);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a..b",
                ".a",
                "a b",
                "a/b",
                "a:port",
                "a:123456",
                "a:1:2",
                "[::1",
                "[]",
                "[x]",
                "[::1]x",
                "a@b"
            })
    void refusesWhatIsNoHost(String given) {
        assertThat(HostName.normalise(given)).isNull();
    }

    @Test
    void refusesTwoClaimsOnOneHost() {
        assertThatThrownBy(() -> new RouteTable(1, Map.of("a.b", SHOP, "A.B.", Route.to("acme/other"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("acme/other")
                .hasMessageContaining("acme/shop");
    }

    @Test
    void swapsOnlyForward() {
        RouteTables tables = new RouteTables();
        List<Long> seen = new ArrayList<>();
        try (RouteTables.Subscription all = tables.listen(table -> seen.add(table.version()))) {
            assertThat(tables.swap(TABLE)).isTrue();
            assertThat(tables.swap(new RouteTable(7, Map.of()))).isFalse();
            assertThat(tables.update(routes -> routes)).isSameAs(TABLE);
            assertThat(tables.update(routes -> Map.of()).version()).isEqualTo(8);
        }
        tables.swap(new RouteTable(9, Map.of()));
        assertThat(seen).containsExactly(0L, 7L, 8L);
        assertThat(tables.current().version()).isEqualTo(9);
    }

    @Test
    void comesBackFromDisk(@TempDir Path folder) throws Exception {
        RouteTableFile file = new RouteTableFile(folder.resolve("new/routes.json"));
        assertThat(file.restore()).isEqualTo(new RouteTableFile.Restored.Absent());
        file.save(new RouteTable(1, Map.of()));
        file.save(TABLE);
        assertThat(file.restore()).isEqualTo(new RouteTableFile.Restored.Table(TABLE));
        try (var files = Files.list(folder.resolve("new"))) {
            assertThat(files).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "{}",
                "[]",
                "null",
                "{\"format\":2,\"version\":1,\"routes\":{}}",
                "{\"format\":1,\"version\":1}",
                "{\"format\":1,\"version\":1,\"routes\":{\"a b\":{\"app\":\"x\",\"backends\":[]}}}",
                "{\"format\":1,\"version\":1,\"routes\":{\"a\":{\"app\":\"x\",\"backends\":[{\"instance\":\"i\",\"host\":\"h\",\"port\":0}]}}}"
            })
    void reportsAFileThatIsNone(String content, @TempDir Path folder) throws Exception {
        Path path = Files.writeString(folder.resolve("routes.json"), content);
        assertThat(new RouteTableFile(path).restore())
                .isInstanceOfSatisfying(
                        RouteTableFile.Restored.Corrupt.class,
                        corrupt -> assertThat(corrupt.reason()).contains(path.toString()));
        assertThat(path).hasContent(content);
    }
}
