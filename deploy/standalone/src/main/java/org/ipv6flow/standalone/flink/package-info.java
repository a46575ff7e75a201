/** A Flink of one's own: a local cluster in a child process that runs the traffic job. */
@NullMarked
package org.ipv6flow.standalone.flink;

import org.jspecify.annotations.NullMarked;
