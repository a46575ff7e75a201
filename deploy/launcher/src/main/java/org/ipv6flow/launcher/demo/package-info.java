/** The demo: the whole system under the simulator's traffic, compared with the truth at the end. */
@NullMarked
package org.ipv6flow.launcher.demo;

import org.jspecify.annotations.NullMarked;
