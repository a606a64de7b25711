/** What lists, counts and charges; with a quota in memory. */
package dev.slipway.registry.repository;
