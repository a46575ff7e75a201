/**
 * A flow record's counts over the 10-second buckets it was active in.
 *
 * <p>The parts always sum to the whole.
 */
@NullMarked
package org.ipv6flow.jobs.spread;

import org.jspecify.annotations.NullMarked;
