/**
 * Packets themselves, in a capture file: what real exporters can be fed with, and the truth about
 * it.
 */
@NullMarked
package org.ipv6flow.simulator.packets;

import org.jspecify.annotations.NullMarked;
