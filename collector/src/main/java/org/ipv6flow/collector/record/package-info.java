/**
 * The hot path: a template compiled into a plan, and the plan run column by column over a data set.
 * Allocates nothing per record.
 */
@NullMarked
package org.ipv6flow.collector.record;

import org.jspecify.annotations.NullMarked;
