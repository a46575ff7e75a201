/**
 * Any octets in, only counted outcomes out: Jazzer per layer, and a run of mutated datagrams that
 * can be as long as one likes.
 */
@NullMarked
package org.ipv6flow.collector.fuzz;

import org.jspecify.annotations.NullMarked;
