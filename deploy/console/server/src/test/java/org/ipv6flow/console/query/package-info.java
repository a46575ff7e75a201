@NullMarked
package org.ipv6flow.console.query;

import org.jspecify.annotations.NullMarked;
