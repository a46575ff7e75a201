/**
 * Which link direction, if any, a flow record counts for.
 *
 * <p>The inventory is compiled to primitive tables once, and asked without allocating.
 */
@NullMarked
package org.ipv6flow.jobs.attribution;

import org.jspecify.annotations.NullMarked;
