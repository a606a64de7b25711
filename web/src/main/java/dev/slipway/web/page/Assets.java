package dev.slipway.web.page;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Addresses of style and script, with a mark of their content, so that a browser keeps them until they change. */
@Singleton
public class Assets {
    private final String style = marked("slipway.css");
    private final String script = marked("slipway.js");

    public String style() {
        return style;
    }

    public String script() {
        return script;
    }

    private static String marked(String name) {
        String path = "/assets/" + name;
        try (InputStream content = Assets.class.getResourceAsStream("/META-INF/resources" + path)) {
            if (content == null) {
                throw new IllegalStateException("the program was packaged without " + path);
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.readAllBytes());
            return path + "?v=" + HexFormat.of().formatHex(digest, 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
