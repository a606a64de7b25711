/**
 * The files in which a developer describes an app: Procfile, app.json, project.toml; read strictly, with errors that
 * name the file, the line and the key. Not here: what is done with them.
 */
@NullMarked
package dev.slipway.buildpacks.descriptor;

import org.jspecify.annotations.NullMarked;
