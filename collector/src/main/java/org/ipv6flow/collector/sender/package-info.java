/**
 * Who may send, and how much: an allow-list, a rate per exporter, and a quarantine for those that
 * send what cannot be read (RFC 7011 section 11.4 and following). Knows neither sockets nor
 * protocols.
 */
@NullMarked
package org.ipv6flow.collector.sender;

import org.jspecify.annotations.NullMarked;
