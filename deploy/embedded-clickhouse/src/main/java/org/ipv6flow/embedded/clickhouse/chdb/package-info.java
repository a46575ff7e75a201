/**
 * The C interface of libchdb, the ClickHouse engine as a library, with Java types around it.
 *
 * <p>Knows nothing of HTTP; one engine per process, one statement at a time per connection.
 */
@NullMarked
package org.ipv6flow.embedded.clickhouse.chdb;

import org.jspecify.annotations.NullMarked;
