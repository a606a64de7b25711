/** The API over real sockets, with the JDK's client, skopeo and the Docker Engine. */
package dev.slipway.registry.http;
