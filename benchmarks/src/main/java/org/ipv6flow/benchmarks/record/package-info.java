/** What reading data records into columns costs. Times are per record. */
@NullMarked
package org.ipv6flow.benchmarks.record;

import org.jspecify.annotations.NullMarked;
