/** Tests of the console against the real engine. */
@NullMarked
package org.ipv6flow.console;

import org.jspecify.annotations.NullMarked;
