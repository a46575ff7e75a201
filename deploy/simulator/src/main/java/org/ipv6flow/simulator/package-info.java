/**
 * A national network that knows the truth: it plays the inventory's links and routers, exports
 * sampled flows as they would, and writes down what really was carried.
 */
@NullMarked
package org.ipv6flow.simulator;

import org.jspecify.annotations.NullMarked;
