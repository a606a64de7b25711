package dev.slipway.platform.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HookSecretTest {
    @Test
    void signsAsStandardWebhooksDoes() {
        HookSecret secret = HookSecret.of(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        assertThat(secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(secret.text()).isEqualTo("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    }

    @Test
    void isNotWrittenIntoLogs() {
        HookSecret secret = HookSecret.random(new Random(1));
        assertThat(secret.bytes()).hasSize(32);
        assertThat(secret.toString()).isEqualTo("whsec_…");
    }
}
