/** Jetty: routes, errors, security headers, limits, files of the user interface. */
@NullMarked
package org.ipv6flow.console.http;

import org.jspecify.annotations.NullMarked;
