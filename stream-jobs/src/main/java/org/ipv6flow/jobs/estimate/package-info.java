/**
 * From sampled counts to estimates and their variance.
 *
 * <p>Whole sampling intervals are scaled in integers, so that totals stay exact.
 */
@NullMarked
package org.ipv6flow.jobs.estimate;

import org.jspecify.annotations.NullMarked;
