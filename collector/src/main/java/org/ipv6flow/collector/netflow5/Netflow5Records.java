package org.ipv6flow.collector.netflow5;

import static org.ipv6flow.collector.element.ElementId.*;

import java.util.List;
import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.collector.template.Template;

/**
 * The one record format of NetFlow v5, in the words of the protocols with templates: so the same
 * plan decodes it.
 */
public final class Netflow5Records {

  /** No template has this ID on the wire. */
  private static final int TEMPLATE_ID = 5;

  private static final int IP_NEXT_HOP_IPV4_ADDRESS = 15;

  public static final Template TEMPLATE =
      new Template(
          Netflow5Header.VERSION,
          TEMPLATE_ID,
          Template.Kind.FLOW,
          0,
          List.of(
              FieldSpecifier.iana(SOURCE_IPV4_ADDRESS, 4),
              FieldSpecifier.iana(DESTINATION_IPV4_ADDRESS, 4),
              FieldSpecifier.iana(IP_NEXT_HOP_IPV4_ADDRESS, 4),
              FieldSpecifier.iana(INGRESS_INTERFACE, 2),
              FieldSpecifier.iana(EGRESS_INTERFACE, 2),
              FieldSpecifier.iana(PACKET_DELTA_COUNT, 4),
              FieldSpecifier.iana(OCTET_DELTA_COUNT, 4),
              FieldSpecifier.iana(FLOW_START_SYS_UP_TIME, 4),
              FieldSpecifier.iana(FLOW_END_SYS_UP_TIME, 4),
              FieldSpecifier.iana(SOURCE_TRANSPORT_PORT, 2),
              FieldSpecifier.iana(DESTINATION_TRANSPORT_PORT, 2),
              FieldSpecifier.iana(PADDING_OCTETS, 1),
              FieldSpecifier.iana(TCP_CONTROL_BITS, 1),
              FieldSpecifier.iana(PROTOCOL_IDENTIFIER, 1),
              FieldSpecifier.iana(IP_CLASS_OF_SERVICE, 1),
              FieldSpecifier.iana(BGP_SOURCE_AS_NUMBER, 2),
              FieldSpecifier.iana(BGP_DESTINATION_AS_NUMBER, 2),
              FieldSpecifier.iana(SOURCE_IPV4_PREFIX_LENGTH, 1),
              FieldSpecifier.iana(DESTINATION_IPV4_PREFIX_LENGTH, 1),
              FieldSpecifier.iana(PADDING_OCTETS, 2)));

  private Netflow5Records() {}
}
