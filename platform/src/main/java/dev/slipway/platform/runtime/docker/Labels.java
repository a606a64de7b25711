package dev.slipway.platform.runtime.docker;

import dev.slipway.platform.site.InstallationId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The labels by which an installation knows its own things in the engine. */
final class Labels {

    static final String INSTALLATION = "dev.slipway.installation";
    static final String KIND = "dev.slipway.kind";
    static final String TENANT = "dev.slipway.tenant";
    static final String APP = "dev.slipway.app";
    static final String PROCESS = "dev.slipway.process";
    static final String INDEX = "dev.slipway.index";
    static final String INSTANCE = "dev.slipway.instance";
    static final String RELEASE = "dev.slipway.release";
    static final String CPU_MILLIS = "dev.slipway.cpu-millis";
    static final String PORT = "dev.slipway.port";
    static final String OWNER = "dev.slipway.owner";
    static final String BUILD = "dev.slipway.build";

    /** What a labelled thing is. */
    enum Kind {
        INSTANCE("instance"),
        ONE_OFF("oneoff"),
        SANDBOX("sandbox"),
        TENANT_NETWORK("tenant-network"),
        BUILD_NETWORK("build-network"),
        BUILT_IMAGE("built-image");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private Labels() {}

    /** Labels of a new thing, in a mutable map with a stable order. */
    static Map<String, String> of(InstallationId installation, Kind kind) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(INSTALLATION, installation.toString());
        labels.put(KIND, kind.text());
        return labels;
    }

    /** Filter that finds the things of one kind. */
    static List<String> filter(InstallationId installation, Kind kind) {
        return List.of(INSTALLATION + "=" + installation, KIND + "=" + kind.text());
    }

    /** The first eight hexadecimal digits of an installation, for names that people see. */
    static String shortName(InstallationId installation) {
        return installation.toString().substring(0, 8);
    }
}
