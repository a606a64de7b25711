package dev.slipway.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a browser may be sent, and where never. */
class LocalPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/t/acme", "/t/acme/apps/shop/builds?after=30", "/t/a-b/apps/c/logs?process=web&lines=100"})
    void ownPathsStay(String path) {
        assertThat(LocalPath.parse(path).text()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/\\evil.example",
                "https://evil.example",
                "javascript:alert(1)",
                "/\t/evil.example",
                "/%0d%0aSet-Cookie:x ",
                "/a\r\nLocation: //evil.example",
                "",
                "t/acme",
                "/@evil.example"
            })
    void everythingElseIsTheHomePage(String path) {
        assertThat(LocalPath.parse(path)).isEqualTo(LocalPath.HOME);
    }

    @Test
    void nothingIsTheHomePage() {
        assertThat(LocalPath.parse(null)).isEqualTo(LocalPath.HOME);
    }

    @Test
    void theHomePageIsNotSaidInALink() {
        assertThat(LocalPath.HOME.asNext()).isEmpty();
        assertThat(new LocalPath("/t/acme?x=1").asNext()).isEqualTo("?next=%2Ft%2Facme%3Fx%3D1");
    }
}
