/**
 * What the hot paths cost. One package per package measured; every benchmark first proves that it
 * computes the right result.
 */
@NullMarked
package org.ipv6flow.benchmarks;

import org.jspecify.annotations.NullMarked;
