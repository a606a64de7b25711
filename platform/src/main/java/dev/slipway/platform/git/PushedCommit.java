package dev.slipway.platform.git;

import java.time.Instant;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * What is told about a pushed commit.
 *
 * @param id the commit
 * @param subject the first line of its message, cut at 200 characters
 * @param authorName as git records it
 * @param authorEmail as git records it
 * @param committedAt when it was committed, by the committer's clock
 */
public record PushedCommit(CommitId id, String subject, String authorName, String authorEmail, Instant committedAt) {
    private static final int LONGEST_SUBJECT = 200;

    /** Of a commit whose body was read. */
    static PushedCommit of(RevCommit commit) {
        String subject = commit.getShortMessage();
        PersonIdent author = commit.getAuthorIdent();
        return new PushedCommit(
                CommitId.of(commit.name()),
                subject.length() > LONGEST_SUBJECT ? subject.substring(0, LONGEST_SUBJECT) : subject,
                author.getName(),
                author.getEmailAddress(),
                commit.getCommitterIdent().getWhenAsInstant());
    }
}
