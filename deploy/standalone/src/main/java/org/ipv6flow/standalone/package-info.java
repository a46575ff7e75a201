/**
 * The whole system on one machine: real Kafka, real Flink, real ClickHouse and the collector, each
 * in a process of its own. Any of the engines can be an existing one instead.
 */
@NullMarked
package org.ipv6flow.standalone;

import org.jspecify.annotations.NullMarked;
