package dev.slipway.platform.runtime.mesos.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Opens connections.
 *
 * @param tls how to speak TLS, if it is spoken; the host's name is verified
 * @param credentials shown with every request
 * @param connectTimeout how long a connection may take
 * @param answerTimeout how long an answer may take
 */
public record Dialer(
        Optional<SSLContext> tls, MasterCredentials credentials, Duration connectTimeout, Duration answerTimeout) {

    /** Plain connections without credentials, 5 s to connect and 15 s to answer. */
    public static Dialer plain() {
        return new Dialer(
                Optional.empty(), new MasterCredentials.None(), Duration.ofSeconds(5), Duration.ofSeconds(15));
    }

    Socket dial(MasterAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            int wait = (int) connectTimeout.toMillis();
            socket.connect(new InetSocketAddress(address.host(), address.port()), wait);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout((int) answerTimeout.toMillis());
            return tls.isPresent() ? secured(tls.get(), socket, address) : socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket secured(SSLContext tls, Socket socket, MasterAddress address) throws IOException {
        SSLSocket secured =
                (SSLSocket) tls.getSocketFactory().createSocket(socket, address.host(), address.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /** Head of a request with a body. */
    String post(MasterAddress address, String path, String contentType, String accept, int length) {
        return "POST " + address.prefix() + path + " HTTP/1.1\r\nHost: " + address.authority() + "\r\nContent-Type: "
                + contentType + "\r\nAccept: " + accept + "\r\nContent-Length: " + length + "\r\n" + authorization();
    }

    /** Head of a request without a body. */
    String get(MasterAddress address, String path) {
        return "GET " + address.prefix() + path + " HTTP/1.1\r\nHost: " + address.authority()
                + "\r\nAccept: application/json\r\n" + authorization();
    }

    private String authorization() {
        return credentials
                .header()
                .map(value -> "Authorization: " + value + "\r\n")
                .orElse("");
    }
}
