/** ClickHouse, embedded or not: its process, its schema, and the inventory in it. */
@NullMarked
package org.ipv6flow.standalone.store;

import org.jspecify.annotations.NullMarked;
