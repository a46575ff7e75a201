/**
 * What is known of an address by the prefixes it lies in: one search, no allocation.
 *
 * <p>Prefixes are data, from the inventory.
 */
@NullMarked
package org.ipv6flow.jobs.prefix;

import org.jspecify.annotations.NullMarked;
