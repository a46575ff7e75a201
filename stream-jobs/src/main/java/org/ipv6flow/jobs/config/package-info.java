/**
 * Settings of the stream job, read from YAML and checked before anything starts.
 *
 * <p>Findings name file and line.
 */
@NullMarked
package org.ipv6flow.jobs.config;

import org.jspecify.annotations.NullMarked;
