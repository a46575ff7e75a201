@NullMarked
package org.ipv6flow.console.api;

import org.jspecify.annotations.NullMarked;
