/**
 * From flow records to sums: one pass over a batch's columns into primitive hash tables.
 *
 * <p>Sums commute, so nothing here waits for a window or a watermark to be right.
 */
@NullMarked
package org.ipv6flow.jobs.aggregate;

import org.jspecify.annotations.NullMarked;
