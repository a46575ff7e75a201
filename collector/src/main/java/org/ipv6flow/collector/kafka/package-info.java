/**
 * Publishing batches of flow records and exporter status.
 *
 * <p>Memory is bounded; what does not fit is dropped and counted by exporter.
 */
@NullMarked
package org.ipv6flow.collector.kafka;

import org.jspecify.annotations.NullMarked;
