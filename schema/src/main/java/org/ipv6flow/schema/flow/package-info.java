/**
 * The flow record contract: one Kafka record is one batch of flow records in columns.
 *
 * <p>{@code flow.proto} is the wire format; this package writes and reads it without allocating per
 * record.
 */
@NullMarked
package org.ipv6flow.schema.flow;

import org.jspecify.annotations.NullMarked;
