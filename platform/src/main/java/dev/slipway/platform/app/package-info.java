/** How an app is to run: formation, limits, config, domains, deploy branch. Not: who owns it (tenancy). */
@NullMarked
package dev.slipway.platform.app;

import org.jspecify.annotations.NullMarked;
