/**
 * What a flow record carries: native traffic, tunnels, translation, SRv6, or nothing valid.
 *
 * <p>The first rule that matches wins; prefixes are data, from the inventory.
 */
@NullMarked
package org.ipv6flow.jobs.classification;

import org.jspecify.annotations.NullMarked;
