/**
 * The HTTP server for metrics and health.
 *
 * <p>It knows nothing of the collector, so that other processes use it too.
 */
@NullMarked
package org.ipv6flow.collector.admin;

import org.jspecify.annotations.NullMarked;
