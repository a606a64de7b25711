package dev.slipway.platform.proxy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the built-in proxy. */
@ConfigMapping(prefix = "slipway.proxy")
public interface ProxySettings {
    /** Address to listen on. A router is there to be reached, so all addresses; 127.0.0.1 keeps apps to this machine. */
    @WithDefault("0.0.0.0")
    String host();

    /** Port of the apps; 0 takes a free one. */
    @WithDefault("8000")
    int port();

    /** With {@code slipway.roles=proxy}: address of the control plane that says where requests go. */
    Optional<URI> control();

    /** With {@code slipway.roles=proxy}: an operator's token of the scope platform-view. */
    Optional<String> token();

    /** Event loops; 0 means one for each processor. */
    @WithDefault("0")
    int threads();

    /** Use Linux epoll where it is to be had; else Java NIO. */
    @WithDefault("true")
    boolean nativeTransport();

    /** Open client connections; more are closed at once. */
    @WithDefault("20000")
    int maxConnections();

    /** Bytes of a request line; longer is 414. */
    @WithDefault("8192")
    int maxRequestLine();

    /** Bytes of all header fields of a message; more is 431. */
    @WithDefault("32768")
    int maxHeaders();

    /** From the first byte of a request to the end of its header. */
    @WithDefault("10s")
    Duration headerTimeout();

    /** A client connection without a request is closed after this. */
    @WithDefault("75s")
    Duration keepAlive();

    /** Longest silence inside a request body. */
    @WithDefault("60s")
    Duration bodyTimeout();

    /** From the end of a request to the head of the instance's response; later is 504. */
    @WithDefault("60s")
    Duration responseTimeout();

    /** Longest silence inside a response body, server-sent events included. Upgraded connections have no limit. */
    @WithDefault("10m")
    Duration streamTimeout();

    /** To open a connection to an instance. */
    @WithDefault("3s")
    Duration connectTimeout();

    /** Unused connections to instances are closed after this: before the 5 s after which many servers close theirs. */
    @WithDefault("4s")
    Duration backendIdle();

    /** Unused connections kept for each instance and event loop. */
    @WithDefault("128")
    int backendIdleConnections();

    /** Requests one instance may have at a time; upgraded connections do not count. */
    @WithDefault("512")
    int maxInFlight();

    /** Requests of one app that may wait for a free instance; more are 503. */
    @WithDefault("1024")
    int maxWaiting();

    /** Longest such wait; then 503. */
    @WithDefault("10s")
    Duration maxWait();

    /** An instance that refuses a connection gets no requests for this long; doubled each time, up to 16 times. */
    @WithDefault("500ms")
    Duration ejection();

    /** Addresses or networks (CIDR) whose X-Forwarded-* and Forwarded fields are believed, such as a TLS front. */
    Optional<List<String>> trusted();

    /** Name to give in the Via field (RFC 9110 7.6.3); without it the field is not added. */
    Optional<String> via();

    /** Where the last route table is kept for a restart. */
    @WithDefault("${slipway.home:${user.home}/.slipway}/routes.json")
    Path tableFile();

    /** Longest wait for requests in flight when the proxy stops. */
    @WithDefault("25s")
    Duration drain();
}
