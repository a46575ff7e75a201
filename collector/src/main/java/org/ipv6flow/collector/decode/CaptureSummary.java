package org.ipv6flow.collector.decode;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;

/**
 * What a capture holds, as counted from its first datagram to its last.
 *
 * @param file the file's name as given
 * @param exportPackets NetFlow v9 packets and IPFIX messages
 * @param templates template records, repeated ones too
 * @param dataRecords data records of flow templates as on the wire: a biflow counts once
 * @param dataSetsWithoutTemplate data sets whose template was not known when they came, and that
 *     were not decoded later
 * @param noIp flow records without an IP version
 * @param dropped by {@link org.ipv6flow.collector.message.DropReason#label}
 */
@JsonPropertyOrder({
  "file",
  "export_packets",
  "templates",
  "options_templates",
  "data_records",
  "options_records",
  "data_sets_without_template",
  "ipv4",
  "ipv6",
  "no_ip",
  "sampling",
  "dropped"
})
public record CaptureSummary(
    @JsonProperty("file") String file,
    @JsonProperty("export_packets") long exportPackets,
    @JsonProperty("templates") long templates,
    @JsonProperty("options_templates") long optionsTemplates,
    @JsonProperty("data_records") long dataRecords,
    @JsonProperty("options_records") long optionsRecords,
    @JsonProperty("data_sets_without_template") long dataSetsWithoutTemplate,
    @JsonProperty("ipv4") FamilyCounts ipv4,
    @JsonProperty("ipv6") FamilyCounts ipv6,
    @JsonProperty("no_ip") FamilyCounts noIp,
    @JsonProperty("sampling") List<AnnouncedSampling> sampling,
    @JsonProperty("dropped") Map<String, Long> dropped) {

  /**
   * Flow records of one IP version, with the sums of IE 1 and IE 2 as observed.
   *
   * @param scaledOctets octets times the sampling interval of each record that has one
   * @param samplingKnownRecords records that have one
   */
  public record FamilyCounts(
      @JsonProperty("records") long records,
      @JsonProperty("octetDeltaCount") long octets,
      @JsonProperty("packetDeltaCount") long packets,
      @JsonIgnore double scaledOctets,
      @JsonIgnore long samplingKnownRecords) {}

  /**
   * A sampling interval that an exporter announced.
   *
   * @param exporter its address
   * @param domain observation domain; source ID in NetFlow v9
   * @param scope what the interval applies to, in words
   * @param interval the N of "1 in N"
   * @param provenance the kind of scope; "record" if the data records state it themselves
   */
  public record AnnouncedSampling(
      @JsonProperty("exporter") String exporter,
      @JsonProperty("domain") long domain,
      @JsonProperty("scope") String scope,
      @JsonProperty("interval") Number interval,
      @JsonProperty("provenance") String provenance) {}
}
