/** Explore: a filter language, dimensions, the largest and the rest, over the tables of traffic. */
@NullMarked
package org.ipv6flow.console.explore;

import org.jspecify.annotations.NullMarked;
