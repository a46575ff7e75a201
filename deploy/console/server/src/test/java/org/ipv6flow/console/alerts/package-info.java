@NullMarked
package org.ipv6flow.console.alerts;

import org.jspecify.annotations.NullMarked;
