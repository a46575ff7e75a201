package org.ipv6flow.collector.ipfix;

import static org.ipv6flow.collector.message.Octets.u16;
import static org.ipv6flow.collector.message.Octets.u32;

import java.util.ArrayList;
import java.util.List;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.collector.template.Template;
import org.ipv6flow.collector.template.TemplateListener;

/**
 * Reads the records of template sets and options template sets (RFC 7011 section 3.4).
 *
 * <p>Runs once per template refresh, not once per flow, so it favours clarity over speed.
 */
public final class IpfixTemplates {

  public static final int TEMPLATE_SET_ID = 2;
  public static final int OPTIONS_TEMPLATE_SET_ID = 3;

  /** Values 0 to 255 are Set IDs and never name a template. */
  private static final int MIN_TEMPLATE_ID = 256;

  private static final int RECORD_HEADER_OCTETS = 4;
  private static final int OPTIONS_RECORD_HEADER_OCTETS = 6;
  private static final int FIELD_OCTETS = 4;
  private static final int ENTERPRISE_NUMBER_OCTETS = 4;
  private static final int ENTERPRISE_BIT = 0x8000;

  private final int maxFields;

  public IpfixTemplates(int maxFields) {
    this.maxFields = maxFields;
  }

  /** Reads the content of a template set, {@code from} (inclusive) to {@code to} (exclusive). */
  public void read(byte[] data, int from, int to, Template.Kind kind, TemplateListener listener) {
    boolean options = kind == Template.Kind.OPTIONS;
    int position = from;
    // Fewer octets than a record header can only be padding (section 3.3.1).
    while (to - position >= RECORD_HEADER_OCTETS) {
      int templateId = u16(data, position);
      int fieldCount = u16(data, position + 2);
      if (templateId == 0 && fieldCount == 0) {
        // Padding of exporters that align to more than the record header.
        return;
      }
      if (fieldCount == 0) {
        listener.onWithdrawal(templateId, kind);
        position += RECORD_HEADER_OCTETS;
        continue;
      }
      if (templateId < MIN_TEMPLATE_ID) {
        listener.onTemplateDropped(DropReason.RESERVED_TEMPLATE_ID);
        return;
      }
      // Checked before anything is allocated: the count comes from the network.
      if (fieldCount > maxFields) {
        listener.onTemplateDropped(DropReason.TOO_MANY_FIELDS);
        return;
      }
      int scopeFieldCount = 0;
      if (options) {
        if (to - position < OPTIONS_RECORD_HEADER_OCTETS) {
          listener.onTemplateDropped(DropReason.TEMPLATE_TRUNCATED);
          return;
        }
        scopeFieldCount = u16(data, position + 4);
      }
      position += options ? OPTIONS_RECORD_HEADER_OCTETS : RECORD_HEADER_OCTETS;
      List<FieldSpecifier> fields = new ArrayList<>(fieldCount);
      position = readFields(data, position, to, fieldCount, fields);
      if (fields.size() < fieldCount) {
        listener.onTemplateDropped(DropReason.TEMPLATE_TRUNCATED);
        return;
      }
      if (scopeFieldCount > fieldCount) {
        listener.onTemplateDropped(DropReason.TEMPLATE_FIELDS_INVALID);
        continue;
      }
      listener.onTemplate(
          new Template(IpfixHeader.VERSION, templateId, kind, scopeFieldCount, fields));
    }
  }

  /** Reads as many fields as are whole; returns where it stopped. */
  private static int readFields(
      byte[] data, int from, int to, int count, List<FieldSpecifier> into) {
    int position = from;
    for (int i = 0; i < count; i++) {
      if (to - position < FIELD_OCTETS) {
        return position;
      }
      int element = u16(data, position);
      int length = u16(data, position + 2);
      position += FIELD_OCTETS;
      long enterpriseNumber = 0;
      if ((element & ENTERPRISE_BIT) != 0) {
        if (to - position < ENTERPRISE_NUMBER_OCTETS) {
          return position;
        }
        enterpriseNumber = u32(data, position);
        position += ENTERPRISE_NUMBER_OCTETS;
      }
      into.add(new FieldSpecifier(enterpriseNumber, element & ~ENTERPRISE_BIT, length));
    }
    return position;
  }
}
