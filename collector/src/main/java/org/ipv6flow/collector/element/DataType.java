package org.ipv6flow.collector.element;

/** Abstract data types of Information Elements (RFC 7011 section 6.1), by how they are shown. */
public enum DataType {
  UNSIGNED,
  SIGNED,
  FLOAT,
  BOOLEAN,
  MAC_ADDRESS,
  OCTET_ARRAY,
  BASIC_LIST,
  STRING,
  DATE_TIME_SECONDS,
  DATE_TIME_MILLISECONDS,
  DATE_TIME_NTP,
  IPV4_ADDRESS,
  IPV6_ADDRESS;

  /**
   * The type of a name in the registry; octets for lists of templates and for types of later days.
   */
  static DataType of(String name) {
    return switch (name) {
      case "unsigned8", "unsigned16", "unsigned32", "unsigned64", "unsigned256" -> UNSIGNED;
      case "signed8", "signed16", "signed32", "signed64" -> SIGNED;
      case "float32", "float64" -> FLOAT;
      case "boolean" -> BOOLEAN;
      case "macAddress" -> MAC_ADDRESS;
      case "string" -> STRING;
      case "dateTimeSeconds" -> DATE_TIME_SECONDS;
      case "dateTimeMilliseconds" -> DATE_TIME_MILLISECONDS;
      case "dateTimeMicroseconds", "dateTimeNanoseconds" -> DATE_TIME_NTP;
      case "ipv4Address" -> IPV4_ADDRESS;
      case "ipv6Address" -> IPV6_ADDRESS;
      case "basicList" -> BASIC_LIST;
      default -> OCTET_ARRAY;
    };
  }
}
