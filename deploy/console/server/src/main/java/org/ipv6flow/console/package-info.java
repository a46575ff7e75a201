/**
 * The console's server: answers questions about traffic from the definitions' views, over HTTP, to
 * those who may ask. Computes no share and no percentile itself.
 */
@NullMarked
package org.ipv6flow.console;

import org.jspecify.annotations.NullMarked;
