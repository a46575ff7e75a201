/**
 * What was seen of each exporter, sent to Kafka every ten seconds.
 *
 * <p>Counters are differences, so that they add up over intervals and collectors.
 */
@NullMarked
package org.ipv6flow.collector.status;

import org.jspecify.annotations.NullMarked;
