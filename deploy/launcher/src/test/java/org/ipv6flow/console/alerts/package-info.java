/** Alerts of the console with the engines that only this module has. */
@NullMarked
package org.ipv6flow.console.alerts;

import org.jspecify.annotations.NullMarked;
