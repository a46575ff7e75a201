/**
 * Exporter status records to rows: losses, drops, templates, clocks.
 *
 * <p>Counters are differences and simply add up.
 */
@NullMarked
package org.ipv6flow.jobs.quality;

import org.jspecify.annotations.NullMarked;
