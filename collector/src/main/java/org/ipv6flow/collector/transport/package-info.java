/**
 * Sockets and event loops: from the network to a decoder.
 *
 * <p>One event loop per socket; nothing is handed to another thread before Kafka's buffer.
 */
@NullMarked
package org.ipv6flow.collector.transport;

import org.jspecify.annotations.NullMarked;
