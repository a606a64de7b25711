/** The store in a bucket, against a server that checks what S3 checks. */
package dev.slipway.registry.s3;
