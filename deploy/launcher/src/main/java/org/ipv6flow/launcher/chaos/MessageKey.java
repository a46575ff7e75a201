package org.ipv6flow.launcher.chaos;

/**
 * An export message, as its exporter numbers it.
 *
 * @param sequence of the message header (v9: messages; IPFIX: data records)
 */
record MessageKey(String exporter, long domain, long sequence) {}
