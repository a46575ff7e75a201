/**
 * The truth on disk: what was carried per link, direction, class and 10 s bucket, and a summary of
 * what was sent.
 */
@NullMarked
package org.ipv6flow.simulator.truth;

import org.jspecify.annotations.NullMarked;
