/** The console in a child process. */
@NullMarked
package org.ipv6flow.standalone.console;

import org.jspecify.annotations.NullMarked;
