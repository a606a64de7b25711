package dev.slipway.platform.proxy;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The id by which one request is found in the logs of proxy and app. Not a secret. */
final class RequestIds {
    private static final int LONGEST = 128;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private RequestIds() {}

    /** The id the client has given, if it is one, else a new one of 32 hex digits. */
    static String keepOrMake(@Nullable String given) {
        return given != null && wellFormed(given) ? given : make();
    }

    private static boolean wellFormed(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean fine =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-_.+/=:".indexOf(c) >= 0;
            if (!fine) {
                return false;
            }
        }
        return !id.isEmpty() && id.length() <= LONGEST;
    }

    @SuppressWarnings("deprecation") // the one way to make a Latin-1 string without a charset's detour
    private static String make() {
        byte[] digits = new byte[32];
        ThreadLocalRandom random = ThreadLocalRandom.current();
        write(random.nextLong(), digits, 0);
        write(random.nextLong(), digits, 16);
        return new String(digits, 0);
    }

    private static void write(long bits, byte[] digits, int at) {
        for (int i = 0; i < 16; i++) {
            digits[at + i] = HEX[(int) (bits >>> (i * 4)) & 15];
        }
    }
}
