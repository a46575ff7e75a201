/**
 * Receives NetFlow v9 and IPFIX over UDP and publishes batches of flow records to Kafka.
 *
 * <p>This package wires the parts together; start reading at {@link
 * org.ipv6flow.collector.Collector}.
 */
@NullMarked
package org.ipv6flow.collector;

import org.jspecify.annotations.NullMarked;
