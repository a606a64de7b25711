package dev.slipway.platform.runtime.mesos.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordIoDecoderTest {

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> decode(RecordIoDecoder decoder, String... pieces) throws MalformedStreamException {
        List<String> records = new ArrayList<>();
        for (String piece : pieces) {
            decoder.feed(bytes(piece), record -> records.add(new String(record, StandardCharsets.UTF_8)));
        }
        return records;
    }

    @Test
    void surprise12_aRecordIsLengthLineFeedBytes() throws Exception {
        RecordIoDecoder decoder = new RecordIoDecoder(100);
        assertThat(decode(decoder, "20\n{\"type\":\"HEARTBEAT\"}")).containsExactly("{\"type\":\"HEARTBEAT\"}");
        assertThat(decoder.between()).isTrue();
    }

    @Test
    void aCutRecordIsNotBetween() throws Exception {
        RecordIoDecoder decoder = new RecordIoDecoder(100);
        assertThat(decode(decoder, "3\nabc1")).containsExactly("abc");
        assertThat(decoder.between()).isFalse();
        assertThat(decode(decoder, "0\n01234")).isEmpty();
        assertThat(decoder.between()).isFalse();
        assertThat(decode(decoder, "56789", "0\n")).containsExactly("0123456789", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\n", " 1\na", "-1\n", "1 \na", "101\n", "99999999999\n", "000000000001\na", "1\r\na"})
    void whatIsNoRecordIsRefusedAndStaysRefused(String text) {
        RecordIoDecoder decoder = new RecordIoDecoder(100);
        assertThatThrownBy(() -> decode(decoder, text)).isInstanceOf(MalformedStreamException.class);
        assertThatThrownBy(() -> decode(decoder, "1\na")).isInstanceOf(MalformedStreamException.class);
    }

    @Test
    void anyCutGivesTheSameRecords() throws Exception {
        Random random = new Random(53);
        for (int round = 0; round < 300; round++) {
            List<byte[]> sent = Stream.generate(() -> {
                        byte[] record = new byte[random.nextInt(5) == 0 ? random.nextInt(5_000) : random.nextInt(12)];
                        random.nextBytes(record);
                        return record;
                    })
                    .limit(1 + random.nextInt(20))
                    .toList();
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            for (byte[] record : sent) {
                stream.write((record.length + "\n").getBytes(StandardCharsets.US_ASCII));
                stream.write(record);
            }
            byte[] all = stream.toByteArray();
            RecordIoDecoder decoder = new RecordIoDecoder(5_000);
            List<byte[]> got = new ArrayList<>();
            for (int at = 0; at < all.length; ) {
                int piece = Math.min(all.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 2_000));
                decoder.feed(ByteBuffer.wrap(all, at, piece), got::add);
                at += piece;
            }
            assertThat(got).usingRecursiveComparison().isEqualTo(sent);
            assertThat(decoder.between()).isTrue();
        }
    }

    @Test
    void noiseNeverGivesMoreThanItHolds() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            byte[] noise = new byte[random.nextInt(200)];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (byte)
                        (random.nextInt(3) == 0 ? random.nextInt(256) : "0123456789\n".charAt(random.nextInt(11)));
            }
            int[] held = {0};
            try {
                new RecordIoDecoder(1_000).feed(ByteBuffer.wrap(noise), record -> held[0] += record.length);
            } catch (MalformedStreamException refused) {
                assertThat(refused).hasMessageContaining("Mesos sent");
            }
            assertThat(held[0]).isLessThanOrEqualTo(noise.length);
        }
    }
}
