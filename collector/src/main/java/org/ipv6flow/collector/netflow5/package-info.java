/** NetFlow v5 export packets. Only what differs from the protocols with templates. */
@NullMarked
package org.ipv6flow.collector.netflow5;

import org.jspecify.annotations.NullMarked;
