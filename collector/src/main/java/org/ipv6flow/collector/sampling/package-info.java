/**
 * Which sampling interval applies to a record, and where it came from. Unknown stays unknown: it is
 * never taken as 1.
 */
@NullMarked
package org.ipv6flow.collector.sampling;

import org.jspecify.annotations.NullMarked;
