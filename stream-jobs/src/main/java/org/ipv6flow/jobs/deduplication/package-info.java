/**
 * Export messages that came more than once, through two collectors or twice through a network, are
 * counted once.
 */
@NullMarked
package org.ipv6flow.jobs.deduplication;

import org.jspecify.annotations.NullMarked;
