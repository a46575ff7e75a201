/**
 * Settings of the collector, read from YAML and checked before anything starts.
 *
 * <p>Findings name file and line.
 */
@NullMarked
package org.ipv6flow.collector.config;

import org.jspecify.annotations.NullMarked;
