/**
 * The ssh server: host key, public-key sign-in, git commands handed to the git room, every other command handed to a
 * {@link dev.slipway.platform.ssh.VerbRunner}. Not here: what a verb does, repositories, who may do what.
 */
@NullMarked
package dev.slipway.platform.ssh;

import org.jspecify.annotations.NullMarked;
