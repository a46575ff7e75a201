/**
 * The collector beside C collectors: the same packets at the same rate in one run, and what each
 * costs in CPU time.
 */
@NullMarked
package org.ipv6flow.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
