/** The collector in a child process. */
@NullMarked
package org.ipv6flow.standalone.collector;

import org.jspecify.annotations.NullMarked;
