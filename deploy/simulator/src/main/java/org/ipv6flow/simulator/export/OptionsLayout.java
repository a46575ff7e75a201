package org.ipv6flow.simulator.export;

import java.util.List;

/** An options template: how a vendor announces sampling, and once per what. */
record OptionsLayout(int templateId, Per per, List<Field> scope, List<Field> fields) {

  /** One options record is sent for each of these. */
  enum Per {
    DOMAIN,
    INTERFACE,
    DATA_TEMPLATE
  }
}
