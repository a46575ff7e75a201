/**
 * A synthetic past for the store: what the links of an inventory would have carried in years, put
 * into ClickHouse's tables by ClickHouse itself. It ends where the traffic that the simulator plays
 * begins.
 */
@NullMarked
package org.ipv6flow.simulator.history;

import org.jspecify.annotations.NullMarked;
