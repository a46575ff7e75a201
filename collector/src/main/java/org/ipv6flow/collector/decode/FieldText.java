package org.ipv6flow.collector.decode;

import static org.ipv6flow.collector.message.Octets.i64;
import static org.ipv6flow.collector.message.Octets.u16;
import static org.ipv6flow.collector.message.Octets.u8;
import static org.ipv6flow.collector.message.Octets.unsigned;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.ipv6flow.collector.element.DataType;
import org.ipv6flow.collector.element.ElementId;
import org.ipv6flow.collector.element.ElementRegistry;
import org.ipv6flow.collector.element.InformationElement;
import org.ipv6flow.collector.ipfix.BasicList;
import org.ipv6flow.collector.message.NtpTime;
import org.ipv6flow.collector.template.FieldSpecifier;
import org.jspecify.annotations.Nullable;

/** Names and values of fields as JSON, in the textual forms of RFC 7373. */
final class FieldText {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int LONG_LENGTH_PREFIX = 255;
  private static final HexFormat MAC = HexFormat.ofDelimiter(":");

  private FieldText() {}

  /** The registered name, with "reverse" in front of reverse elements; else enterprise/number. */
  static String name(FieldSpecifier field) {
    InformationElement element = element(field);
    if (element == null) {
      return field.enterpriseNumber() + "/" + field.elementId();
    }
    if (field.enterpriseNumber() != ElementId.REVERSE_ENTERPRISE_NUMBER) {
      return element.name();
    }
    return "reverse"
        + Character.toUpperCase(element.name().charAt(0))
        + element.name().substring(1);
  }

  static JsonNode value(FieldSpecifier field, byte[] data, int position, int length) {
    InformationElement element = element(field);
    DataType type = element == null ? DataType.OCTET_ARRAY : element.type();
    if (length == 0) {
      return type == DataType.STRING ? NODES.textNode("") : NODES.nullNode();
    }
    return switch (type) {
      case UNSIGNED -> unsignedNode(data, position, length);
      case SIGNED -> NODES.numberNode(new BigInteger(slice(data, position, length)));
      case FLOAT -> floatNode(data, position, length);
      case BOOLEAN -> NODES.booleanNode(u8(data, position + length - 1) == 1);
      case STRING -> NODES.textNode(string(data, position, length));
      case MAC_ADDRESS -> NODES.textNode(MAC.formatHex(data, position, position + length));
      case IPV4_ADDRESS ->
          length == 4
              ? NODES.textNode(Addresses.ipv4Text(data, position))
              : hex(data, position, length);
      case IPV6_ADDRESS ->
          length == 16
              ? NODES.textNode(Addresses.ipv6Text(data, position))
              : hex(data, position, length);
      case DATE_TIME_SECONDS ->
          NODES.textNode(Instant.ofEpochSecond(seconds(data, position, length)).toString());
      case DATE_TIME_MILLISECONDS -> millisNode(data, position, length);
      case DATE_TIME_NTP -> ntpNode(data, position, length);
      case BASIC_LIST -> listNode(data, position, length);
      case OCTET_ARRAY -> hex(data, position, length);
    };
  }

  private static @Nullable InformationElement element(FieldSpecifier field) {
    return field.enterpriseNumber() == ElementId.REVERSE_ENTERPRISE_NUMBER
        ? ElementRegistry.element(field.elementId())
        : ElementRegistry.element(field.enterpriseNumber(), field.elementId());
  }

  /** The values of a list as an array (RFC 6313 section 4.5.1); octets if it is no list. */
  private static JsonNode listNode(byte[] data, int position, int length) {
    FieldSpecifier listed = BasicList.field(data, position, length);
    if (listed == null || listed.length() == 0) {
      return hex(data, position, length);
    }
    ArrayNode values = NODES.arrayNode();
    int end = position + length;
    int at = position + BasicList.headerOctets(data, position, length);
    while (at < end) {
      int octets = listed.length();
      if (listed.isVariableLength()) {
        octets = u8(data, at++);
        if (octets == LONG_LENGTH_PREFIX) {
          if (end - at < 2) {
            return hex(data, position, length);
          }
          octets = u16(data, at);
          at += 2;
        }
      }
      if (end - at < octets) {
        return hex(data, position, length);
      }
      values.add(scalar(listed, data, at, octets));
      at += octets;
    }
    return values;
  }

  /** Lists in lists stay octets. */
  private static JsonNode scalar(FieldSpecifier field, byte[] data, int position, int length) {
    InformationElement element = element(field);
    return element != null && element.type() == DataType.BASIC_LIST
        ? hex(data, position, length)
        : value(field, data, position, length);
  }

  private static JsonNode unsignedNode(byte[] data, int position, int length) {
    if (length > Long.BYTES) {
      return NODES.numberNode(new BigInteger(1, slice(data, position, length)));
    }
    long value = unsigned(data, position, length);
    return value >= 0
        ? NODES.numberNode(value)
        : NODES.numberNode(new BigInteger(Long.toUnsignedString(value)));
  }

  private static JsonNode floatNode(byte[] data, int position, int length) {
    if (length == Float.BYTES) {
      return NODES.numberNode(Float.intBitsToFloat((int) unsigned(data, position, length)));
    }
    return length == Double.BYTES
        ? NODES.numberNode(Double.longBitsToDouble(i64(data, position)))
        : hex(data, position, length);
  }

  /** Fixed-length strings are filled up with zeros. */
  private static String string(byte[] data, int position, int length) {
    int end = position + length;
    while (end > position && data[end - 1] == 0) {
      end--;
    }
    return new String(data, position, end - position, StandardCharsets.UTF_8);
  }

  private static long seconds(byte[] data, int position, int length) {
    return unsigned(data, position, length) & 0xFFFF_FFFFL;
  }

  /** A number instead of a text where the value is no time that can be written. */
  private static JsonNode millisNode(byte[] data, int position, int length) {
    long millis = unsigned(data, position, length);
    return millis >= 0 && millis < 253_402_300_800_000L
        ? NODES.textNode(Instant.ofEpochMilli(millis).toString())
        : unsignedNode(data, position, length);
  }

  private static JsonNode ntpNode(byte[] data, int position, int length) {
    if (length != Long.BYTES) {
      return unsignedNode(data, position, length);
    }
    long ntp = i64(data, position);
    return NODES.textNode(
        Instant.ofEpochSecond(NtpTime.epochSeconds(ntp), NtpTime.nanos(ntp)).toString());
  }

  private static JsonNode hex(byte[] data, int position, int length) {
    return NODES.textNode("0x" + HexFormat.of().formatHex(data, position, position + length));
  }

  private static byte[] slice(byte[] data, int position, int length) {
    return Arrays.copyOfRange(data, position, position + length);
  }
}
