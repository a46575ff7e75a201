package org.ipv6flow.simulator.export;

import java.util.List;

/** Writes sets (FlowSets in RFC 3954): template sets, and the frame of data sets. */
final class Sets {

  static final int MAX_PADDING = 3;

  private static final int HEADER_LENGTH = 4;

  private Sets() {}

  /** Pads the set from {@code start} to {@code end} to 4 octets and writes its header. */
  static int close(byte[] message, int start, int end, int setId) {
    int padded = end + (-(end - start) & MAX_PADDING);
    for (int i = end; i < padded; i++) {
      message[i] = 0;
    }
    Octets.put(setId, message, start, 2);
    Octets.put(padded - start, message, start + 2, 2);
    return padded;
  }

  /** A template set with these templates; returns where it ends. */
  static int templates(Protocol protocol, byte[] message, int start, List<DataLayout> layouts) {
    int at = start + HEADER_LENGTH;
    for (DataLayout layout : layouts) {
      Octets.put(layout.templateId(), message, at, 2);
      Octets.put(layout.fields().size(), message, at + 2, 2);
      at = specifiers(message, at + 4, layout.fields());
    }
    return close(message, start, at, protocol.templateSetId);
  }

  /**
   * An options template set. v9 gives the lengths of the specifiers in octets (RFC 3954 section
   * 6.1), IPFIX gives the numbers of fields (RFC 7011 section 3.4.2.2).
   */
  static int optionsTemplate(Protocol protocol, byte[] message, int start, OptionsLayout layout) {
    int at = start + HEADER_LENGTH;
    int scopes = layout.scope().size();
    int others = layout.fields().size();
    Octets.put(layout.templateId(), message, at, 2);
    if (protocol == Protocol.NETFLOW9) {
      Octets.put(scopes * 4L, message, at + 2, 2);
      Octets.put(others * 4L, message, at + 4, 2);
    } else {
      Octets.put(scopes + others, message, at + 2, 2);
      Octets.put(scopes, message, at + 4, 2);
    }
    at = specifiers(message, at + 6, layout.scope());
    at = specifiers(message, at, layout.fields());
    return close(message, start, at, protocol.optionsTemplateSetId);
  }

  private static int specifiers(byte[] message, int from, List<Field> fields) {
    int at = from;
    for (Field field : fields) {
      Octets.put(field.elementId(), message, at, 2);
      Octets.put(field.length(), message, at + 2, 2);
      at += 4;
    }
    return at;
  }
}
