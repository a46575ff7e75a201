@NullMarked
package org.ipv6flow.console.access;

import org.jspecify.annotations.NullMarked;
