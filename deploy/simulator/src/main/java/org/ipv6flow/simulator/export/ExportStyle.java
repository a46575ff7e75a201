package org.ipv6flow.simulator.export;

import static org.ipv6flow.simulator.export.OptionsLayout.Per.DATA_TEMPLATE;
import static org.ipv6flow.simulator.export.OptionsLayout.Per.DOMAIN;
import static org.ipv6flow.simulator.export.OptionsLayout.Per.INTERFACE;
import static org.ipv6flow.simulator.export.Protocol.IPFIX;
import static org.ipv6flow.simulator.export.Protocol.NETFLOW9;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The habits of six kinds of router: protocol, templates, and how the sampling interval is made
 * known. Modelled on what real routers send, not on their manuals.
 */
enum ExportStyle {
  /** NetStream v9: sampling announced per interface, interface indexes of two octets, padding. */
  HUAWEI(
      "huawei-like",
      NETFLOW9,
      Layouts.huawei(false),
      Layouts.huawei(true),
      new OptionsLayout(
          1025,
          INTERFACE,
          List.of(new Field(2, 2, Value.INGRESS_INTERFACE)),
          List.of(
              new Field(35, 1, Value.SAMPLING_ALGORITHM),
              new Field(34, 4, Value.SAMPLING_INTERVAL)))),

  /** IOS XR v9: records name a sampler, options say what it is; IPv6 records have IPv4 fields. */
  CISCO_XR(
      "cisco-xr-like",
      NETFLOW9,
      Layouts.ciscoXr(false),
      Layouts.ciscoXr(true),
      new OptionsLayout(
          257,
          DOMAIN,
          List.of(new Field(1, 4, Value.ZERO)),
          List.of(
              new Field(48, 2, Value.SAMPLER_ID),
              new Field(50, 4, Value.SAMPLING_INTERVAL),
              new Field(49, 1, Value.SAMPLING_ALGORITHM),
              new Field(84, 32, Value.SAMPLER_NAME)))),

  /** Junos IPFIX: a domain for each family; options come from another source port. */
  JUNIPER_MX(
      "juniper-mx-like",
      IPFIX,
      Layouts.juniperMx(false),
      Layouts.juniperMx(true),
      new OptionsLayout(
          512,
          DOMAIN,
          List.of(new Field(144, 4, Value.OBSERVATION_DOMAIN)),
          List.of(
              new Field(41, 8, Value.MESSAGES_SENT),
              new Field(42, 8, Value.RECORDS_SENT),
              new Field(160, 8, Value.START_MILLIS),
              new Field(130, 4, Value.EXPORTER_ADDRESS),
              new Field(34, 4, Value.SAMPLING_INTERVAL),
              new Field(214, 1, Value.ONE)))),

  /** SR OS IPFIX: physical interfaces (IEs 252 and 253) only, sampling announced per domain. */
  NOKIA(
      "nokia-like",
      IPFIX,
      Layouts.nokia(false),
      Layouts.nokia(true),
      new OptionsLayout(
          256,
          DOMAIN,
          List.of(new Field(149, 4, Value.OBSERVATION_DOMAIN)),
          List.of(
              new Field(34, 4, Value.SAMPLING_INTERVAL),
              new Field(35, 1, Value.SAMPLING_ALGORITHM)))),

  /** Comware NetStream v9: the interval is in every record. */
  H3C("h3c-like", NETFLOW9, Layouts.h3c(false), Layouts.h3c(true), null),

  /** IPFIX with PSAMP options (RFC 5477), scoped to the data template. */
  PSAMP(
      "psamp-like",
      IPFIX,
      Layouts.psamp(false),
      Layouts.psamp(true),
      new OptionsLayout(
          700,
          DATA_TEMPLATE,
          List.of(
              new Field(149, 4, Value.OBSERVATION_DOMAIN), new Field(145, 2, Value.TEMPLATE_ID)),
          List.of(
              new Field(304, 2, Value.SELECTOR_ALGORITHM),
              new Field(305, 4, Value.ONE),
              new Field(306, 4, Value.SAMPLING_SPACE))));

  private final String label;
  private final Protocol protocol;
  private final DataLayout ipv4;
  private final DataLayout ipv6;
  private final @Nullable OptionsLayout options;

  ExportStyle(
      String label,
      Protocol protocol,
      DataLayout ipv4,
      DataLayout ipv6,
      @Nullable OptionsLayout options) {
    this.label = label;
    this.protocol = protocol;
    this.ipv4 = ipv4;
    this.ipv6 = ipv6;
    this.options = options;
  }

  /** The style of that name in the inventory's {@code vendorStyle}. */
  static ExportStyle of(String label) {
    for (ExportStyle style : values()) {
      if (style.label.equals(label)) {
        return style;
      }
    }
    throw new IllegalArgumentException(
        "vendor style "
            + label
            + " (expected: huawei-like, cisco-xr-like, juniper-mx-like,"
            + " nokia-like, h3c-like or psamp-like)");
  }

  Protocol protocol() {
    return protocol;
  }

  DataLayout ipv4() {
    return ipv4;
  }

  DataLayout ipv6() {
    return ipv6;
  }

  @Nullable OptionsLayout options() {
    return options;
  }

  /** Junos gives each family an observation domain of its own. */
  boolean hasDomainPerFamily() {
    return this == JUNIPER_MX;
  }

  /** Junos sends options data from another UDP source port than data. */
  boolean hasOptionsPort() {
    return this == JUNIPER_MX;
  }
}
