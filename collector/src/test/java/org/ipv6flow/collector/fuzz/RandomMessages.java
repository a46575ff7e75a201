package org.ipv6flow.collector.fuzz;

import java.util.SplittableRandom;
import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.collector.testing.MessageBuilder;
import org.ipv6flow.collector.testing.RecordBuilder;

/** Messages of correct structure with any templates and any data: what noise seldom hits upon. */
final class RandomMessages {

  /** Elements that the decoder does something about, and some that it does not. */
  private static final int[] ELEMENTS = {
    1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 18, 21, 22, 23, 27, 28, 29, 30, 31, 34, 35,
    48, 49, 50, 58, 60, 61, 62, 63, 64, 70, 82, 85, 89, 91, 102, 103, 104, 128, 136, 141, 144, 145,
    148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 210, 230, 231,
    232, 233, 242, 256, 291, 292, 293, 298, 299, 302, 304, 305, 306, 307, 308, 309, 310, 311, 312,
    313, 315, 322, 323, 324, 325, 352, 390, 396, 397, 408, 409, 410, 434, 440, 492, 495, 496, 498,
    502, 515, 32_767
  };

  private static final int[] LENGTHS = {0, 1, 1, 2, 2, 3, 4, 4, 4, 8, 8, 16, 16, 32, 64, 65_534};
  private static final long[] ENTERPRISES = {29_305, 29_305, 2_636, 9, 0xFFFF_FFFFL};
  private static final int TEMPLATE_IDS = 12;
  private static final int MAX_SETS = 5;
  private static final int MAX_FIELDS = 24;
  private static final int MAX_DATA_OCTETS = 400;

  private final SplittableRandom random;

  RandomMessages(SplittableRandom random) {
    this.random = random;
  }

  byte[] next() {
    long domain = random.nextInt(1, 9);
    boolean ipfix = random.nextBoolean();
    MessageBuilder message = ipfix ? MessageBuilder.ipfix(domain) : MessageBuilder.netflow9(domain);
    message.sequence(random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(100));
    if (random.nextInt(4) == 0) {
      message.sysUpTimeMillis(random.nextInt() & 0xFFFF_FFFFL);
    }
    for (int sets = random.nextInt(1, MAX_SETS); sets > 0; sets--) {
      int id = templateId();
      switch (random.nextInt(5)) {
        case 0 -> message.template(id, fields(ipfix, random.nextInt(1, MAX_FIELDS)));
        case 1 -> {
          FieldSpecifier[] fields = fields(ipfix, random.nextInt(1, 8));
          message.optionsTemplate(id, random.nextInt(fields.length + 1), fields);
        }
        default -> message.set(id, data());
      }
    }
    return message.build();
  }

  private int templateId() {
    return random.nextInt(20) == 0 ? random.nextInt(65_536) : 256 + random.nextInt(TEMPLATE_IDS);
  }

  private FieldSpecifier[] fields(boolean ipfix, int count) {
    FieldSpecifier[] fields = new FieldSpecifier[count];
    for (int i = 0; i < count; i++) {
      int length =
          random.nextInt(8) == 0
              ? FieldSpecifier.VARIABLE_LENGTH
              : LENGTHS[random.nextInt(LENGTHS.length)];
      long enterprise =
          ipfix && random.nextInt(6) == 0 ? ENTERPRISES[random.nextInt(ENTERPRISES.length)] : 0;
      fields[i] = new FieldSpecifier(enterprise, ELEMENTS[random.nextInt(ELEMENTS.length)], length);
    }
    return fields;
  }

  /** Small numbers more often than large ones: they are lengths and versions. */
  private byte[] data() {
    RecordBuilder data = RecordBuilder.record();
    int small = random.nextInt(1, 80);
    for (int octets = random.nextInt(MAX_DATA_OCTETS); octets > 0; octets--) {
      data.u8(random.nextInt(8) == 0 ? random.nextInt(256) : random.nextInt(small));
    }
    return data.build();
  }
}
