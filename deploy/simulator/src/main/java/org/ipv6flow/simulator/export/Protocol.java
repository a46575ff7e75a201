package org.ipv6flow.simulator.export;

/** The export protocols, and where they differ in message and set headers. */
enum Protocol {
  NETFLOW9(9, 20, 0, 1),
  IPFIX(10, 16, 2, 3);

  final int version;
  final int headerLength;
  final int templateSetId;
  final int optionsTemplateSetId;

  Protocol(int version, int headerLength, int templateSetId, int optionsTemplateSetId) {
    this.version = version;
    this.headerLength = headerLength;
    this.templateSetId = templateSetId;
    this.optionsTemplateSetId = optionsTemplateSetId;
  }
}
