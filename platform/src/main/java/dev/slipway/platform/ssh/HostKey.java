package dev.slipway.platform.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.UUID;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;

/** The server's Ed25519 key in a file that only its owner reads, in OpenSSH's own format; made once. */
final class HostKey {
    private final Path file;

    HostKey(Path file) {
        this.file = file;
    }

    /**
     * Reads the key, and makes it first if there is no file.
     *
     * @throws IOException if the file cannot be read or written, or holds no key
     */
    KeyPair readOrMake() throws IOException {
        try {
            if (!Files.exists(file)) {
                make();
            }
            try (InputStream in = Files.newInputStream(file)) {
                for (KeyPair pair :
                        SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(file.toString()), in, null)) {
                    return pair;
                }
            }
            throw new IOException("No key in the ssh host key file " + file);
        } catch (GeneralSecurityException e) {
            throw new IOException("Reading the ssh host key failed file=" + file, e);
        }
    }

    private void make() throws IOException, GeneralSecurityException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        KeyPair pair = KeyUtils.generateKeyPair("ssh-ed25519", 256);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(
                pair, "slipway", (OpenSSHKeyEncryptionContext) null, text);
        Path fresh = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(fresh, text.toByteArray());
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // Another process was first; its key is the key.
            return;
        } finally {
            Files.delete(fresh);
        }
    }
}
