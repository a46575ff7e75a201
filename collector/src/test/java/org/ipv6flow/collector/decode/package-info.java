/** Tests of decoding as a whole. From octets to columns, with captures and with built messages. */
@NullMarked
package org.ipv6flow.collector.decode;

import org.jspecify.annotations.NullMarked;
