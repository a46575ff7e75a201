/**
 * The collector's counters as Prometheus metrics.
 *
 * <p>Names are an interface; docs/reference/metrics.md lists them.
 */
@NullMarked
package org.ipv6flow.collector.metrics;

import org.jspecify.annotations.NullMarked;
