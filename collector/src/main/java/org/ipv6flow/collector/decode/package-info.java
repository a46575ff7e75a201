/**
 * From the octets of one datagram to flow columns, live and from captures. The only package that
 * sees all stages of decoding.
 */
@NullMarked
package org.ipv6flow.collector.decode;

import org.jspecify.annotations.NullMarked;
