@NullMarked
package org.ipv6flow.console.http;

import org.jspecify.annotations.NullMarked;
