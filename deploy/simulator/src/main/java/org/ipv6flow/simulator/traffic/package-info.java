/**
 * The nation's traffic: how much each link direction carries, in which classes, between which
 * addresses; and the meters that sample it into flow records while keeping the truth.
 */
@NullMarked
package org.ipv6flow.simulator.traffic;

import org.jspecify.annotations.NullMarked;
