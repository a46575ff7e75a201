/**
 * Sums on their way to rows: under the octets of their row's key columns, which mean the same to
 * every operator instance, in every run.
 *
 * <p>Nothing here knows what the columns mean, but for the pairs of AS.
 */
@NullMarked
package org.ipv6flow.jobs.rows;

import org.jspecify.annotations.NullMarked;
