/**
 * Routers' export: NetFlow v9 (RFC 3954) and IPFIX (RFC 7011) in the habits of six vendors. Each
 * router has its own sessions, templates, options data and sequence numbers.
 */
@NullMarked
package org.ipv6flow.simulator.export;

import org.jspecify.annotations.NullMarked;
