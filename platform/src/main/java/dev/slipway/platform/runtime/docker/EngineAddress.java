package dev.slipway.platform.runtime.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/** Where an engine is, and how one gets there. */
sealed interface EngineAddress {
    /** As the client library wants it. */
    String url();

    /** The address at which the machine of the engine publishes ports of instances, as the proxy reaches it. */
    String publishedHost();

    /** The address that ports of instances are bound to there. */
    String publishedOn();

    /** Opens a connection of our own. */
    Wire open(Duration connectTimeout) throws IOException;

    /** Two streams, of which the outgoing one can be ended first. */
    interface Wire extends AutoCloseable {
        InputStream in();

        OutputStream out();

        void endOutput() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** The engine of this machine, by its socket. */
    record Local(Path socket) implements EngineAddress {
        @Override
        public String url() {
            return "unix://" + socket;
        }

        @Override
        public String publishedHost() {
            return "127.0.0.1";
        }

        @Override
        public String publishedOn() {
            return "127.0.0.1";
        }

        @Override
        public Wire open(Duration connectTimeout) throws IOException {
            SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            InputStream in = Channels.newInputStream(channel);
            OutputStream out = Channels.newOutputStream(channel);
            return new Wire() {
                @Override
                public InputStream in() {
                    return in;
                }

                @Override
                public OutputStream out() {
                    return out;
                }

                @Override
                public void endOutput() throws IOException {
                    if (channel.isOpen()) {
                        channel.shutdownOutput();
                    }
                }

                @Override
                public void close() throws IOException {
                    channel.close();
                }
            };
        }

        @Override
        public String toString() {
            return socket.toString();
        }
    }

    /**
     * The engine of another machine, under TLS with certificates on both sides.
     *
     * @param host name or IPv4 address
     * @param trust whom we believe to be it, and who we are there
     */
    record Remote(String host, int port, EngineTrust trust) implements EngineAddress {
        @Override
        public String url() {
            return "tcp://" + host + ":" + port;
        }

        @Override
        public String publishedHost() {
            return host;
        }

        @Override
        public String publishedOn() {
            return host.matches("[0-9.]+") ? host : "0.0.0.0";
        }

        @Override
        public Wire open(Duration connectTimeout) throws IOException {
            Socket plain = new Socket();
            try {
                plain.connect(new InetSocketAddress(host, port), Math.toIntExact(connectTimeout.toMillis()));
                SSLSocket socket =
                        (SSLSocket) trust.contextFor(host).getSocketFactory().createSocket(plain, host, port, true);
                socket.startHandshake();
                return wire(socket);
            } catch (IOException e) {
                plain.close();
                throw e;
            }
        }

        private static Wire wire(SSLSocket socket) throws IOException {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            return new Wire() {
                @Override
                public InputStream in() {
                    return in;
                }

                @Override
                public OutputStream out() {
                    return out;
                }

                @Override
                public void endOutput() throws IOException {
                    if (!socket.isClosed()) {
                        socket.shutdownOutput();
                    }
                }

                @Override
                public void close() throws IOException {
                    socket.close();
                }
            };
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }
}
