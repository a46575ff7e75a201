/** One class per subcommand. */
@NullMarked
package org.ipv6flow.launcher.command;

import org.jspecify.annotations.NullMarked;
