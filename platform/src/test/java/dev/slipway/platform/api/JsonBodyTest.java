package dev.slipway.platform.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBodyTest {
    private final JsonBody json = new JsonBody(new ObjectMapper());

    record Wanted(String name, Integer count, List<String> words) {}

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsRightIsRead() {
        assertThat(json.read(body("{\"name\":\"x\",\"count\":3,\"words\":[\"a\"]}"), Wanted.class))
                .isEqualTo(new Wanted("x", 3, List.of("a")));
    }

    @Test
    void nullsOfAMapAreKept() {
        Map<String, String> read = json.readMap(body("{\"A\":\"1\",\"B\":null}"), String.class);
        assertThat(read).containsEntry("A", "1").containsEntry("B", null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":            | invalid-json  |",
                "                      | invalid-json  |",
                "null                  | invalid-json  |",
                "{} trailing           | invalid-json  |",
                "{\"nmae\":\"x\"}      | invalid-field | nmae",
                "{\"count\":\"many\"}  | invalid-field | count",
                "{\"count\":1.5}       | invalid-field | count",
                "{\"words\":[{}]}      | invalid-field | words[0]",
                "[]                    | invalid-field |"
            })
    void whatIsWrongIsNamed(String text, String code, String field) {
        assertThatThrownBy(() -> json.read(body(text == null ? "" : text), Wanted.class))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo(code);
                    assertThat(e.problem().status()).isEqualTo(400);
                    assertThat(e.problem().field()).isEqualTo(field);
                    assertThat(e.problem().detail()).endsWith(".");
                });
    }

    @Test
    void aFieldGivenTwiceIsNotJson() {
        assertThatThrownBy(() -> json.read(body("{\"name\":\"a\",\"name\":\"b\"}"), Wanted.class))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void anEndlessBodyIsCutOff() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }
        };
        assertThatThrownBy(() -> json.read(endless, Wanted.class))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().status()).isEqualTo(413));
    }

    @Test
    void anyBytesAreReadOrRefused() {
        Random random = new Random(11);
        byte[] seed = "{\"name\":\"x\",\"count\":3,\"words\":[\"a\",null]}".getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = seed.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                json.read(new ByteArrayInputStream(bytes), Wanted.class);
            } catch (ProblemException refused) {
                assertThat(refused.problem().status()).isEqualTo(400);
            }
        }
    }
}
