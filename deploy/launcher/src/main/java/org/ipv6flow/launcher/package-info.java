/**
 * The one command a person types: {@code ipv6flow}. It parses options, says what goes wrong in one
 * line, and leaves the work to the other modules.
 */
@NullMarked
package org.ipv6flow.launcher;

import org.jspecify.annotations.NullMarked;
