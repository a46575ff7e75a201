/** IPFIX messages and template sets (RFC 7011). Only what differs from NetFlow v9. */
@NullMarked
package org.ipv6flow.collector.ipfix;

import org.jspecify.annotations.NullMarked;
