/** What encoding and decoding a batch for Kafka costs. Times are per flow record. */
@NullMarked
package org.ipv6flow.benchmarks.schema;

import org.jspecify.annotations.NullMarked;
