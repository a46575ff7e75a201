/** The whole path under full load: how fast, at what cost, how fresh. */
@NullMarked
package org.ipv6flow.launcher.pipeline;

import org.jspecify.annotations.NullMarked;
