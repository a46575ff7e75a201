/**
 * A real ClickHouse engine for one machine: starts it in a child JVM and gives its URLs.
 *
 * <p>Everything that uses it knows an HTTP or JDBC URL only, so that a ClickHouse server can take
 * its place.
 */
@NullMarked
package org.ipv6flow.embedded.clickhouse;

import org.jspecify.annotations.NullMarked;
