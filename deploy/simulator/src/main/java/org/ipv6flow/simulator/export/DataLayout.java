package org.ipv6flow.simulator.export;

import java.util.List;

/** A data template: its id and its fields in order. */
record DataLayout(int templateId, List<Field> fields) {

  int recordLength() {
    return fields.stream().mapToInt(Field::length).sum();
  }
}
