/** Read-only, bounded access to ClickHouse: values are bound by the server, never concatenated. */
@NullMarked
package org.ipv6flow.console.clickhouse;

import org.jspecify.annotations.NullMarked;
