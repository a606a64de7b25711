/** The adapters by which git, ssh and the registry ask tenancy who somebody is and what they may. Not: the law itself. */
@NullMarked
package dev.slipway.platform.door;

import org.jspecify.annotations.NullMarked;
