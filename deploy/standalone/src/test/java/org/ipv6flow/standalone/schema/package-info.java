/**
 * The schema on the real engine: migrations, rollups and every published number against data
 * computed by hand.
 *
 * <p>Every test class has a database of its own on one embedded engine.
 */
@NullMarked
package org.ipv6flow.standalone.schema;

import org.jspecify.annotations.NullMarked;
