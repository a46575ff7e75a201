/**
 * Tests on the real engine, each class with a driver or a concern of its own.
 *
 * <p>They are skipped, with a message, where the engine can neither be found nor installed.
 */
@NullMarked
package org.ipv6flow.embedded.clickhouse;

import org.jspecify.annotations.NullMarked;
