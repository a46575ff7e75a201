/** The bars that the hot paths must keep, as ratios within one run. */
@NullMarked
package org.ipv6flow.benchmarks.gate;

import org.jspecify.annotations.NullMarked;
