/**
 * Templates as exporters announce them (RFC 7011 section 3.4, RFC 3954 section 5.2). Immutable
 * values; who keeps them, and for how long, is a matter of sessions.
 */
@NullMarked
package org.ipv6flow.collector.template;

import org.jspecify.annotations.NullMarked;
