/** What it costs to make of datagrams what goes to Kafka. Times are per flow record. */
@NullMarked
package org.ipv6flow.benchmarks.kafka;

import org.jspecify.annotations.NullMarked;
