package dev.slipway.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The registry's settings, {@code slipway.registry.*}. */
@ConfigMapping(prefix = "slipway.registry")
public interface RegistrySettings {
    /** The directory of the store. */
    @WithDefault("${slipway.home:${user.home}/.slipway}/registry")
    Path root();

    /** Host and port by which engines pull and push, as they stand in image references; by default 127.0.0.1 and the HTTP port. */
    Optional<String> host();

    /** A bucket of an S3-compatible object store for the content; by default content lies in files under the root. */
    S3 s3();

    /** The bucket and how to get at it. */
    interface S3 {
        /** Scheme, host and port of the service. */
        Optional<URI> endpoint();

        /** The region as the service calls it. */
        @WithDefault("us-east-1")
        String region();

        /** The bucket's name; it must exist. */
        Optional<String> bucket();

        /** Put before every key, ending with a slash. */
        Optional<String> prefix();

        /** Who we are. */
        Optional<String> accessKey();

        /** What requests are signed with. */
        Optional<String> secretKey();
    }

    /** Other registries to be had through this one, by what their repositories begin with here, such as {@code docker.io}. */
    Map<String, MirrorSettings> mirrors();

    /** Another registry. */
    interface MirrorSettings {
        /** Its address, such as {@code https://registry-1.docker.io}. */
        URI url();

        /** Who we are there. */
        Optional<String> username();

        /** Our password or token there. */
        Optional<String> password();
    }

    /** Other registries that images are copied to, such as other sites'. */
    Map<String, MirrorSettings> replicas();

    /** Bytes a second that copies may take, zero for all; and windows of the day, UTC: {@code 5000000,22:00-06:00=0}. */
    @WithDefault("0")
    String replicaBandwidth();

    /** How long a mirrored tag is taken to stand for what it stood for when last asked. */
    @WithDefault("5M")
    Duration mirrorFresh();

    /** How long mirrored images stay after somebody last asked for them. */
    @WithDefault("720H")
    Duration mirrorKeep();

    /** The registry's name in tokens and challenges. */
    @WithDefault("slipway")
    String service();

    /** The address of the token endpoint as clients reach it; by default the host each client used. */
    Optional<String> realm();

    /** How long a token is good for. */
    @WithDefault("5M")
    Duration tokenLife();

    /** How long a refresh token is good for, which Docker's clients keep instead of the password. */
    @WithDefault("720H")
    Duration refreshLife();

    /** Repositories from which everybody may pull, by name or as {@code tenant/*}. */
    Optional<List<String>> publicRepositories();

    /** The largest blob, in bytes. */
    @WithDefault("21474836480")
    long maxBlobBytes();

    /** Memory for manifests, small blobs and links that are asked for often, in bytes. */
    @WithDefault("33554432")
    long cacheBytes();

    /** How long a client may send nothing, or too little, while it uploads. */
    @WithDefault("60S")
    Duration bodyPatience();

    /** What a client must send within that time, in bytes: who trickles is cut off like who is silent. */
    @WithDefault("65536")
    int leastBodyBytes();

    /** Requests of one caller in a second, zero for all; ten seconds' worth may come at once. */
    @WithDefault("500")
    int requestsPerSecond();

    /** Chunks one caller sends at the same time. */
    @WithDefault("64")
    int uploadsPerCaller();

    /** Uploads that received nothing for this long are dropped. */
    @WithDefault("24H")
    Duration uploadLife();

    /** Tags a repository keeps, the newest; others go unless a release needs them. Zero for all. */
    @WithDefault("0")
    int keepTags();

    /** How long a tag stays that no release needs; the newest of a repository always does. By default for ever. */
    Optional<Duration> keepTagAge();

    /** What was needed within this time is never collected. */
    @WithDefault("24H")
    Duration collectGrace();
}
