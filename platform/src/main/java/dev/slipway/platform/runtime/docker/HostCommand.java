package dev.slipway.platform.runtime.docker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The one command that makes a machine with Docker Engine a host of a site, to be pasted there. It carries the engine's own
 * certificate and key and nothing that opens an engine: who steals it could pass for that host until its site is made anew.
 */
final class HostCommand {
    private static final String SCRIPT = "join-host.sh";

    private HostCommand() {}

    static String of(EngineAddress.Remote address, String ca, SiteAuthority.Identity engine) {
        String script = template()
                .replace("@PORT@", Integer.toString(address.port()))
                .replace("@HOST@", address.host())
                .replace("@CA@", ca.strip())
                .replace("@CERT@", engine.certificate().strip())
                .replace("@KEY@", engine.key().strip());
        return "echo " + Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_8))
                + " | base64 -d | sudo sh";
    }

    private static String template() {
        try (InputStream in = HostCommand.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks " + SCRIPT);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the program's " + SCRIPT + " cannot be read", e);
        }
    }
}
