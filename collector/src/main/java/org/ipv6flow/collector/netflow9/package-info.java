/** NetFlow v9 export packets and template FlowSets (RFC 3954). Only what differs from IPFIX. */
@NullMarked
package org.ipv6flow.collector.netflow9;

import org.jspecify.annotations.NullMarked;
