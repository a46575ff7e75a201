/**
 * How many prefixes of subscribers were active, as sketches from which no prefix can be read.
 *
 * <p>A prefix enters under a keyed pseudonym and leaves no more than the rank of a register.
 */
@NullMarked
package org.ipv6flow.jobs.active;

import org.jspecify.annotations.NullMarked;
