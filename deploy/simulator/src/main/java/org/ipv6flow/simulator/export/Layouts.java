package org.ipv6flow.simulator.export;

import java.util.ArrayList;
import java.util.List;

/** The data templates of the styles, for either family. */
final class Layouts {

  private Layouts() {}

  static DataLayout huawei(boolean ipv6) {
    List<Field> fields = new ArrayList<>();
    addresses(fields, ipv6);
    fields.add(new Field(2, 4, Value.PACKETS));
    fields.add(new Field(1, 4, Value.OCTETS));
    fields.add(new Field(22, 4, Value.FIRST_UP_TIME));
    fields.add(new Field(21, 4, Value.LAST_UP_TIME));
    ports(fields);
    fields.add(new Field(10, 2, Value.INGRESS_INTERFACE));
    fields.add(new Field(14, 2, Value.EGRESS_INTERFACE));
    fields.add(new Field(16, 4, Value.SOURCE_AS));
    fields.add(new Field(17, 4, Value.DESTINATION_AS));
    fields.add(new Field(61, 1, Value.DIRECTION));
    fields.add(new Field(60, 1, Value.IP_VERSION));
    if (ipv6) {
      fields.add(new Field(31, 3, Value.FLOW_LABEL));
    }
    fields.add(new Field(210, 3, Value.ZERO));
    return new DataLayout(ipv6 ? 1537 : 1536, fields);
  }

  static DataLayout ciscoXr(boolean ipv6) {
    List<Field> fields = new ArrayList<>();
    if (ipv6) {
      fields.add(new Field(8, 4, Value.ZERO));
      fields.add(new Field(12, 4, Value.ZERO));
    }
    addresses(fields, ipv6);
    fields.add(new Field(10, 4, Value.INGRESS_INTERFACE));
    fields.add(new Field(14, 4, Value.EGRESS_INTERFACE));
    fields.add(new Field(2, 4, Value.PACKETS));
    fields.add(new Field(1, 4, Value.OCTETS));
    fields.add(new Field(22, 4, Value.FIRST_UP_TIME));
    fields.add(new Field(21, 4, Value.LAST_UP_TIME));
    fields.add(new Field(16, 4, Value.SOURCE_AS));
    fields.add(new Field(17, 4, Value.DESTINATION_AS));
    ports(fields);
    if (ipv6) {
      fields.add(new Field(31, 4, Value.FLOW_LABEL));
    }
    fields.add(new Field(89, 1, Value.FORWARDED));
    fields.add(new Field(48, 2, Value.SAMPLER_ID));
    fields.add(new Field(61, 1, Value.DIRECTION));
    return new DataLayout(ipv6 ? 261 : 260, fields);
  }

  static DataLayout juniperMx(boolean ipv6) {
    List<Field> fields = new ArrayList<>();
    addresses(fields, ipv6);
    ports(fields);
    fields.add(new Field(32, 2, Value.ZERO));
    fields.add(new Field(10, 4, Value.INGRESS_INTERFACE));
    fields.add(new Field(58, 2, Value.ZERO));
    fields.add(new Field(16, 4, Value.SOURCE_AS));
    fields.add(new Field(17, 4, Value.DESTINATION_AS));
    fields.add(new Field(14, 4, Value.EGRESS_INTERFACE));
    fields.add(new Field(1, 8, Value.OCTETS));
    fields.add(new Field(2, 8, Value.PACKETS));
    fields.add(new Field(152, 8, Value.FIRST_MILLIS));
    fields.add(new Field(153, 8, Value.LAST_MILLIS));
    fields.add(new Field(136, 1, Value.ONE));
    fields.add(new Field(61, 1, Value.DIRECTION));
    return new DataLayout(ipv6 ? 257 : 256, fields);
  }

  static DataLayout nokia(boolean ipv6) {
    List<Field> fields = new ArrayList<>();
    addresses(fields, ipv6);
    ports(fields);
    fields.add(new Field(60, 1, Value.IP_VERSION));
    fields.add(new Field(252, 4, Value.INGRESS_INTERFACE));
    fields.add(new Field(253, 4, Value.EGRESS_INTERFACE));
    fields.add(new Field(61, 1, Value.DIRECTION));
    fields.add(new Field(16, 4, Value.SOURCE_AS));
    fields.add(new Field(17, 4, Value.DESTINATION_AS));
    fields.add(new Field(152, 8, Value.FIRST_MILLIS));
    fields.add(new Field(153, 8, Value.LAST_MILLIS));
    fields.add(new Field(1, 8, Value.OCTETS));
    fields.add(new Field(2, 8, Value.PACKETS));
    return new DataLayout(ipv6 ? 311 : 310, fields);
  }

  static DataLayout h3c(boolean ipv6) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field(22, 4, Value.FIRST_UP_TIME));
    fields.add(new Field(21, 4, Value.LAST_UP_TIME));
    fields.add(new Field(1, 8, Value.OCTETS));
    fields.add(new Field(2, 8, Value.PACKETS));
    fields.add(new Field(10, 4, Value.INGRESS_INTERFACE));
    fields.add(new Field(14, 4, Value.EGRESS_INTERFACE));
    addresses(fields, ipv6);
    ports(fields);
    fields.add(new Field(60, 1, Value.IP_VERSION));
    fields.add(new Field(61, 1, Value.DIRECTION));
    fields.add(new Field(34, 4, Value.SAMPLING_INTERVAL));
    fields.add(new Field(35, 1, Value.SAMPLING_ALGORITHM));
    fields.add(new Field(16, 4, Value.SOURCE_AS));
    fields.add(new Field(17, 4, Value.DESTINATION_AS));
    return new DataLayout(ipv6 ? 3282 : 3281, fields);
  }

  static DataLayout psamp(boolean ipv6) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field(152, 8, Value.FIRST_MILLIS));
    fields.add(new Field(153, 8, Value.LAST_MILLIS));
    addresses(fields, ipv6);
    ports(fields);
    if (ipv6) {
      fields.add(new Field(31, 4, Value.FLOW_LABEL));
    }
    // Reduced-size encoding (RFC 7011 section 6.2): five octets are enough for sampled octets.
    fields.add(new Field(1, 5, Value.OCTETS));
    fields.add(new Field(2, 4, Value.PACKETS));
    fields.add(new Field(10, 4, Value.INGRESS_INTERFACE));
    fields.add(new Field(14, 4, Value.EGRESS_INTERFACE));
    fields.add(new Field(61, 1, Value.DIRECTION));
    fields.add(new Field(16, 4, Value.SOURCE_AS));
    fields.add(new Field(17, 4, Value.DESTINATION_AS));
    return new DataLayout(ipv6 ? 701 : 702, fields);
  }

  private static void addresses(List<Field> fields, boolean ipv6) {
    int length = ipv6 ? 16 : 4;
    fields.add(new Field(ipv6 ? 27 : 8, length, Value.SOURCE_ADDRESS));
    fields.add(new Field(ipv6 ? 28 : 12, length, Value.DESTINATION_ADDRESS));
  }

  private static void ports(List<Field> fields) {
    fields.add(new Field(7, 2, Value.SOURCE_PORT));
    fields.add(new Field(11, 2, Value.DESTINATION_PORT));
    fields.add(new Field(4, 1, Value.PROTOCOL));
    fields.add(new Field(5, 1, Value.CLASS_OF_SERVICE));
    fields.add(new Field(6, 1, Value.TCP_FLAGS));
  }
}
