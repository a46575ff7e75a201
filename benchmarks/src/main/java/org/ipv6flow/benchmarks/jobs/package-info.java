/** What the stream job's inner loops cost. Times are per flow record. */
@NullMarked
package org.ipv6flow.benchmarks.jobs;

import org.jspecify.annotations.NullMarked;
