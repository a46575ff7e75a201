/**
 * Packet captures: pcap and pcapng files, link layers, IP and UDP. Yields UDP payloads with their
 * addresses and capture times.
 */
@NullMarked
package org.ipv6flow.collector.capture;

import org.jspecify.annotations.NullMarked;
