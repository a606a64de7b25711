package dev.slipway.registry.s3;

import java.net.URI;

/**
 * A bucket and how to get at it.
 *
 * @param endpoint scheme, host and port, such as {@code https://s3.example.com}
 * @param region as the service calls it
 * @param name the bucket's
 * @param prefix put before every key, empty or ending with a slash
 * @param accessKey who we are
 * @param secretKey what requests are signed with
 */
public record Bucket(URI endpoint, String region, String name, String prefix, String accessKey, String secretKey) {
    /** Checks what would otherwise fail at the first request. */
    public Bucket {
        if (endpoint.getHost() == null || name.isEmpty() || accessKey.isEmpty() || secretKey.isEmpty()) {
            throw new IllegalArgumentException(
                    "an S3 bucket needs an endpoint with a host, a name, an access key and a secret key; the endpoint is "
                            + endpoint);
        }
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            throw new IllegalArgumentException("the prefix in a bucket ends with a slash: " + prefix);
        }
    }

    @Override
    public String toString() {
        return "Bucket[" + endpoint + "/" + name + "/" + prefix + "]";
    }
}
