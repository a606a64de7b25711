package dev.slipway.platform.git;

import java.time.Instant;

/**
 * What is told about a pushed commit.
 *
 * @param id the commit
 * @param subject the first line of its message, cut at 200 characters
 * @param authorName as git records it
 * @param authorEmail as git records it
 * @param committedAt when it was committed, by the committer's clock
 */
public record PushedCommit(CommitId id, String subject, String authorName, String authorEmail, Instant committedAt) {}
