package org.ipv6flow.simulator.export;

/** What a router puts into a field of a data or options record. */
enum Value {
  ZERO,
  ONE,
  SOURCE_ADDRESS,
  DESTINATION_ADDRESS,
  SOURCE_PORT,
  DESTINATION_PORT,
  PROTOCOL,
  TCP_FLAGS,
  CLASS_OF_SERVICE,
  FLOW_LABEL,
  SOURCE_AS,
  DESTINATION_AS,
  INGRESS_INTERFACE,
  EGRESS_INTERFACE,
  DIRECTION,
  OCTETS,
  PACKETS,
  /** Milliseconds since the exporter started (IEs 22 and 21). */
  FIRST_UP_TIME,
  LAST_UP_TIME,
  /** Milliseconds since the epoch (IEs 152 and 153). */
  FIRST_MILLIS,
  LAST_MILLIS,
  IP_VERSION,
  /** IE 89: forwarded, no reason given. */
  FORWARDED,
  SAMPLING_INTERVAL,
  /** Packets passed over between two sampled ones: N − 1 (IE 306). */
  SAMPLING_SPACE,
  /** IEs 35 and 49: 1 every N-th, 2 random. */
  SAMPLING_ALGORITHM,
  /** IE 304: 1 by count, 3 random. */
  SELECTOR_ALGORITHM,
  SAMPLER_ID,
  SAMPLER_NAME,
  OBSERVATION_DOMAIN,
  TEMPLATE_ID,
  EXPORTER_ADDRESS,
  /** Milliseconds since the epoch (IE 160). */
  START_MILLIS,
  MESSAGES_SENT,
  RECORDS_SENT
}
