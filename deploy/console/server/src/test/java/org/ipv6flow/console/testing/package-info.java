/** A real engine with a small nation in it. */
@NullMarked
package org.ipv6flow.console.testing;

import org.jspecify.annotations.NullMarked;
