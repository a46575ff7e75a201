package org.ipv6flow.collector.decode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Takes the flow records of a capture one by one. */
@FunctionalInterface
public interface FlowRecordConsumer {

  /**
   * Takes one data record.
   *
   * @param flowRecord its elements by name, and what was decided about it under {@code decoded}
   */
  void accept(ObjectNode flowRecord) throws IOException;
}
