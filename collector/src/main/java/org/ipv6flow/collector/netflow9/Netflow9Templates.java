package org.ipv6flow.collector.netflow9;

import static org.ipv6flow.collector.message.Octets.u16;

import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.collector.template.Template;
import org.ipv6flow.collector.template.TemplateListener;

/**
 * Reads the records of Template FlowSets and Options Template FlowSets (RFC 3954 sections 5.2 and
 * 6.1). Field types have 16 bits here: no bit of them announces an enterprise number.
 */
public final class Netflow9Templates {

  public static final int TEMPLATE_FLOWSET_ID = 0;
  public static final int OPTIONS_TEMPLATE_FLOWSET_ID = 1;

  private static final int MIN_TEMPLATE_ID = 256;
  private static final int RECORD_HEADER_OCTETS = 4;
  private static final int OPTIONS_RECORD_HEADER_OCTETS = 6;
  private static final int FIELD_OCTETS = 4;

  private final int maxFields;

  public Netflow9Templates(int maxFields) {
    this.maxFields = maxFields;
  }

  /** Reads the content of a FlowSet, {@code from} (inclusive) to {@code to} (exclusive). */
  public void read(byte[] data, int from, int to, Template.Kind kind, TemplateListener listener) {
    if (kind == Template.Kind.OPTIONS) {
      readOptionsTemplates(data, from, to, listener);
    } else {
      readTemplates(data, from, to, listener);
    }
  }

  private void readTemplates(byte[] data, int from, int to, TemplateListener listener) {
    int position = from;
    while (to - position >= RECORD_HEADER_OCTETS) {
      int templateId = u16(data, position);
      int fieldCount = u16(data, position + 2);
      position += RECORD_HEADER_OCTETS;
      if (templateId == 0 && fieldCount == 0) {
        return; // Padding.
      }
      position =
          readRecord(data, position, to, templateId, Template.Kind.FLOW, 0, fieldCount, listener);
      if (position < 0) {
        return;
      }
    }
  }

  /** Lengths of scopes and options are in octets here, not in fields (RFC 3954 section 6.1). */
  private void readOptionsTemplates(byte[] data, int from, int to, TemplateListener listener) {
    int position = from;
    while (to - position >= OPTIONS_RECORD_HEADER_OCTETS) {
      int templateId = u16(data, position);
      int scopeOctets = u16(data, position + 2);
      int optionOctets = u16(data, position + 4);
      position += OPTIONS_RECORD_HEADER_OCTETS;
      if (templateId == 0 && scopeOctets == 0 && optionOctets == 0) {
        return; // Padding.
      }
      if (scopeOctets % FIELD_OCTETS != 0 || optionOctets % FIELD_OCTETS != 0) {
        listener.onTemplateDropped(DropReason.TEMPLATE_FIELDS_INVALID);
        return;
      }
      int scopeCount = scopeOctets / FIELD_OCTETS;
      int fieldCount = scopeCount + optionOctets / FIELD_OCTETS;
      position =
          readRecord(
              data,
              position,
              to,
              templateId,
              Template.Kind.OPTIONS,
              scopeCount,
              fieldCount,
              listener);
      if (position < 0) {
        return;
      }
    }
  }

  /** Reads the fields of one record; returns where it ends, or -1 if nothing after it is sure. */
  private int readRecord(
      byte[] data,
      int from,
      int to,
      int templateId,
      Template.Kind kind,
      int scopeCount,
      int fieldCount,
      TemplateListener listener) {
    if (templateId < MIN_TEMPLATE_ID) {
      listener.onTemplateDropped(DropReason.RESERVED_TEMPLATE_ID);
      return -1;
    }
    if (fieldCount == 0) {
      listener.onTemplateDropped(DropReason.TEMPLATE_FIELDS_INVALID);
      return from;
    }
    if (fieldCount > maxFields) {
      listener.onTemplateDropped(DropReason.TOO_MANY_FIELDS);
      return -1;
    }
    if (to - from < fieldCount * FIELD_OCTETS) {
      listener.onTemplateDropped(DropReason.TEMPLATE_TRUNCATED);
      return -1;
    }
    List<FieldSpecifier> fields = new ArrayList<>(fieldCount);
    int position = from;
    for (int i = 0; i < fieldCount; i++) {
      fields.add(FieldSpecifier.iana(u16(data, position), u16(data, position + 2)));
      position += FIELD_OCTETS;
    }
    listener.onTemplate(new Template(Netflow9Header.VERSION, templateId, kind, scopeCount, fields));
    return position;
  }
}
