/** Sending the export packets of a capture again. */
@NullMarked
package org.ipv6flow.launcher.replay;

import org.jspecify.annotations.NullMarked;
