package dev.slipway.platform.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ErrorPageTest {
    private static final String HOSTILE = "There is no app at <script>alert('x')</script>.";

    @Test
    void theBrowserMayApplyThePagesOwnStyleAndNothingElse() throws Exception {
        FullHttpResponse page = ErrorPage.of(HttpResponseStatus.NOT_FOUND, HOSTILE, "id", true);
        String body = page.content().toString(StandardCharsets.UTF_8);
        String style = body.substring(body.indexOf("<style>") + "<style>".length(), body.indexOf("</style>"));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
        assertThat(page.headers().get("content-security-policy"))
                .isEqualTo("default-src 'none'; style-src 'sha256-"
                        + Base64.getEncoder().encodeToString(hash) + "'");
    }

    @Test
    void wordsOfStrangersStayWords() {
        FullHttpResponse page = ErrorPage.of(HttpResponseStatus.NOT_FOUND, HOSTILE, "<id>", true);
        assertThat(page.content().toString(StandardCharsets.UTF_8))
                .doesNotContain("<script>", "<id>")
                .contains("&lt;script&gt;");
    }

    @Test
    void aHeadHasTheFieldsOfThePageWithoutIt() {
        FullHttpResponse page = ErrorPage.of(HttpResponseStatus.NOT_FOUND, HOSTILE, "id", true);
        FullHttpResponse head = ErrorPage.of(HttpResponseStatus.NOT_FOUND, HOSTILE, "id", false);
        assertThat(head.content().readableBytes()).isZero();
        assertThat(head.headers()).isEqualTo(page.headers());
    }
}
