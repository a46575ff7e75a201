/**
 * Exactly-once rows into ClickHouse: a two-phase sink whose deduplication token travels with its
 * rows.
 *
 * <p>Nothing here knows what the rows mean.
 */
@NullMarked
package org.ipv6flow.jobs.clickhouse;

import org.jspecify.annotations.NullMarked;
