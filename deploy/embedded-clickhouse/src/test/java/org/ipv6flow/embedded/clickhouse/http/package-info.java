/**
 * Tests of what needs no engine.
 *
 * <p>They take milliseconds.
 */
@NullMarked
package org.ipv6flow.embedded.clickhouse.http;

import org.jspecify.annotations.NullMarked;
