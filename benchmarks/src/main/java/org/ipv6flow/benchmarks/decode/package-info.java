/** What decoding a datagram into columns costs. Times are per record unless stated otherwise. */
@NullMarked
package org.ipv6flow.benchmarks.decode;

import org.jspecify.annotations.NullMarked;
