/**
 * Which of a bucket's packets a router samples, drawn without playing every packet. The counts have
 * the distribution that the router's sampler would give them, so that errors can be checked.
 */
@NullMarked
package org.ipv6flow.simulator.sampling;

import org.jspecify.annotations.NullMarked;
