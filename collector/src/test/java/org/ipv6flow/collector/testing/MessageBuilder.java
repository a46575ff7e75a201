package org.ipv6flow.collector.testing;

import java.util.List;
import org.ipv6flow.collector.template.FieldSpecifier;

/** Builds IPFIX messages and NetFlow v9 export packets, right ones and wrong ones. */
public final class MessageBuilder {

  private static final int ENTERPRISE_BIT = 0x8000;
  private static final int FIELD_OCTETS = 4;

  private final int version;
  private final long domain;
  private final RecordBuilder sets = RecordBuilder.record();
  private long exportTimeSeconds = 1_700_000_000;
  private long sequence;
  private long sysUpTimeMillis = 100_000;
  private int lengthError;

  private MessageBuilder(int version, long domain) {
    this.version = version;
    this.domain = domain;
  }

  public static MessageBuilder ipfix(long observationDomainId) {
    return new MessageBuilder(10, observationDomainId);
  }

  public static MessageBuilder netflow9(long sourceId) {
    return new MessageBuilder(9, sourceId);
  }

  public static FieldSpecifier field(int elementId, int length) {
    return FieldSpecifier.iana(elementId, length);
  }

  public static FieldSpecifier field(long enterpriseNumber, int elementId, int length) {
    return new FieldSpecifier(enterpriseNumber, elementId, length);
  }

  public MessageBuilder exportTimeSeconds(long seconds) {
    exportTimeSeconds = seconds;
    return this;
  }

  public MessageBuilder sequence(long number) {
    sequence = number;
    return this;
  }

  public MessageBuilder sysUpTimeMillis(long millis) {
    sysUpTimeMillis = millis;
    return this;
  }

  /** Makes an IPFIX header claim more octets than there are, or fewer. */
  public MessageBuilder lengthError(int octets) {
    lengthError = octets;
    return this;
  }

  /** A template set with one template. */
  public MessageBuilder template(int templateId, FieldSpecifier... fields) {
    RecordBuilder content = RecordBuilder.record().u16(templateId).u16(fields.length);
    writeFields(content, List.of(fields));
    return set(version == 10 ? 2 : 0, content.build());
  }

  /** An options template set with one template; its first fields are the scope. */
  public MessageBuilder optionsTemplate(int templateId, int scopeFields, FieldSpecifier... fields) {
    RecordBuilder content = RecordBuilder.record().u16(templateId);
    if (version == 10) {
      content.u16(fields.length).u16(scopeFields);
    } else {
      content.u16(scopeFields * FIELD_OCTETS).u16((fields.length - scopeFields) * FIELD_OCTETS);
    }
    writeFields(content, List.of(fields));
    return set(version == 10 ? 3 : 1, content.build());
  }

  private static void writeFields(RecordBuilder content, List<FieldSpecifier> fields) {
    for (FieldSpecifier field : fields) {
      boolean enterprise = field.enterpriseNumber() != 0;
      content.u16(field.elementId() | (enterprise ? ENTERPRISE_BIT : 0)).u16(field.length());
      if (enterprise) {
        content.u32(field.enterpriseNumber());
      }
    }
  }

  /** A data set of whole records. */
  public MessageBuilder data(int templateId, RecordBuilder... records) {
    RecordBuilder content = RecordBuilder.record();
    for (RecordBuilder record : records) {
      content.octets(record.build());
    }
    return set(templateId, content.build());
  }

  /** Any set. */
  public MessageBuilder set(int setId, byte... content) {
    sets.u16(setId).u16(content.length + 4).octets(content);
    return this;
  }

  /** Octets where a set would be. */
  public MessageBuilder raw(byte... octets) {
    sets.octets(octets);
    return this;
  }

  public byte[] build() {
    byte[] content = sets.build();
    RecordBuilder message = RecordBuilder.record().u16(version);
    if (version == 10) {
      message.u16(16 + content.length + lengthError).u32(exportTimeSeconds);
    } else {
      // The count of records is advisory; real exporters send wrong ones.
      message.u16(1).u32(sysUpTimeMillis).u32(exportTimeSeconds);
    }
    return message.u32(sequence).u32(domain).octets(content).build();
  }
}
