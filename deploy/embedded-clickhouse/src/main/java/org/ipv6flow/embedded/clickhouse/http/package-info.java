/**
 * The part of ClickHouse's HTTP interface that its drivers use, in front of the engine.
 *
 * <p>Netty's threads move octets; every statement runs on a worker thread of its own.
 */
@NullMarked
package org.ipv6flow.embedded.clickhouse.http;

import org.jspecify.annotations.NullMarked;
