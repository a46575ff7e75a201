/** Kills every process of the system under load, and proves that nothing is lost or doubled. */
@NullMarked
package org.ipv6flow.launcher.chaos;

import org.jspecify.annotations.NullMarked;
