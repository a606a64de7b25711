package dev.slipway.platform.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.route.Rates;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an app may have in a second is held at the proxy: requests are refused, answers are slowed. */
class RatesTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: shop--acme.apps.localhost\r\n\r\n";

    @Test
    void requestsBeyondTheRateAreRefusedAndTheConnectionGoesOn() throws Exception {
        try (RawBackend backend = RawBackend.saying("i1", "hello");
                RunningProxy proxy = new RunningProxy().to(new Rates(3, Long.MAX_VALUE), backend.backend);
                RawClient client = proxy.connect()) {
            List<Integer> statuses = new ArrayList<>();
            RawClient.Response last = null;
            for (int turn = 0; turn < 5; turn++) {
                last = client.send(GET).read();
                statuses.add(last.status());
            }
            assertThat(statuses).startsWith(200, 200, 200, 429);
            assertThat(last).isNotNull();
            assertThat(last.text()).contains("429 Too Many Requests", "3 requests a second");
            assertThat(last.field("retry-after")).contains("1");
            proxy.to(new Rates(1_000, Long.MAX_VALUE), backend.backend);
            assertThat(client.send(GET).read().status())
                    .as("a raised rate holds at once")
                    .isEqualTo(200);
        }
    }

    @Test
    void anAnswerBeyondTheRateComesWholeAndSlowly() throws Exception {
        byte[] body = new byte[6 << 20];
        try (RawBackend backend = new RawBackend("i1", (request, in, out) -> {
                    head(out, body.length);
                    out.write(body);
                    out.flush();
                    return true;
                });
                RunningProxy proxy = new RunningProxy().to(new Rates(Long.MAX_VALUE, 4 << 20), backend.backend)) {
            long begun = System.nanoTime();
            RawClient.Response answer = proxy.send(GET);
            long millis = (System.nanoTime() - begun) / 1_000_000;
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).hasSize(body.length);
            assertThat(millis).as("6 MB at 4 MB/s, the first 4 at once").isGreaterThan(400);
        }
    }

    private static void head(OutputStream out, int length) throws java.io.IOException {
        out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
