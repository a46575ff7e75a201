/**
 * The headers of one packet, as exporters send them instead of, or beside, elements (RFC 7133, RFC
 * 5477 section 8.5). Knows nothing of messages, templates and columns.
 */
@NullMarked
package org.ipv6flow.collector.packet;

import org.jspecify.annotations.NullMarked;
