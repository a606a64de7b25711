package dev.slipway.registry.s3;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs a request as S3 wants it (AWS Signature Version 4, in the Authorization header). */
final class Signature {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final int DATE = 8;

    private Signature() {}

    /**
     * The headers that make a request ours.
     *
     * @param path percent-encoded
     * @param query names and values, not encoded
     * @param own headers of the request that are signed too
     * @param contentHash SHA-256 of the body in hexadecimal
     */
    static SortedMap<String, String> headers(
            Bucket bucket,
            String method,
            String host,
            String path,
            SortedMap<String, String> query,
            Map<String, String> own,
            String contentHash,
            Instant now) {
        String time = TIME.format(now);
        SortedMap<String, String> headers = new TreeMap<>(own);
        headers.put("host", host);
        headers.put("x-amz-content-sha256", contentHash);
        headers.put("x-amz-date", time);
        String names = String.join(";", headers.keySet());
        String lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                .collect(Collectors.joining());
        String request = String.join("\n", method, path, encoded(query), lines, names, contentHash);
        String day = time.substring(0, DATE);
        String scope = day + "/" + bucket.region() + "/s3/aws4_request";
        String toSign = String.join("\n", ALGORITHM, time, scope, sha256(request));
        byte[] key = ("AWS4" + bucket.secretKey()).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {day, bucket.region(), "s3", "aws4_request"}) {
            key = mac(key, part);
        }
        headers.put(
                "Authorization",
                ALGORITHM + " Credential=" + bucket.accessKey() + "/" + scope + ", SignedHeaders=" + names
                        + ", Signature=" + HexFormat.of().formatHex(mac(key, toSign)));
        headers.remove("host");
        return headers;
    }

    /** A query in the order and encoding that are signed. */
    static String encoded(SortedMap<String, String> query) {
        return query.entrySet().stream()
                .map(entry -> encoded(entry.getKey(), false) + "=" + encoded(entry.getValue(), false))
                .collect(Collectors.joining("&"));
    }

    /** Everything but letters, digits and {@code -._~} becomes a percent code (RFC 3986, section 2.3). */
    static String encoded(String text, boolean keepSlashes) {
        StringBuilder encoded = new StringBuilder();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (one & 0xff);
            boolean plain = c < 0x80 && Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0;
            if (plain || keepSlashes && c == '/') {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }

    static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot sign with HmacSHA256", e);
        }
    }
}
