/**
 * The store: migrations of the ClickHouse schema and what publishes the inventory to it.
 *
 * <p>Only {@code java.sql} is used, so that the embedded engine and a cluster are the same to it.
 */
@NullMarked
package org.ipv6flow.schema.clickhouse;

import org.jspecify.annotations.NullMarked;
