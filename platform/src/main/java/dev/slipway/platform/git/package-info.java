/**
 * Receiving and serving source: bare repositories, git over ssh and smart HTTP by JGit, the rules for what a push does, and
 * the ports through which a push becomes a build. Not here: building, releases, who may do what (asked through {@link
 * dev.slipway.platform.git.GitAccess}), and the ssh server itself.
 */
@NullMarked
package dev.slipway.platform.git;

import org.jspecify.annotations.NullMarked;
