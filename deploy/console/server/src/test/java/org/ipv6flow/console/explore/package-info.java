@NullMarked
package org.ipv6flow.console.explore;

import org.jspecify.annotations.NullMarked;
