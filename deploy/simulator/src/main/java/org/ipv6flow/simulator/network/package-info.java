/**
 * Where messages go: UDP sockets bound to the exporters' own addresses, a capture file, and a
 * network that loses, repeats and reorders them when asked to.
 */
@NullMarked
package org.ipv6flow.simulator.network;

import org.jspecify.annotations.NullMarked;
