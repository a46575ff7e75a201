package org.ipv6flow.collector.decode;

import org.ipv6flow.collector.message.ExportMessage;
import org.ipv6flow.collector.sampling.SamplingScope;
import org.ipv6flow.collector.session.ObservationDomain;
import org.ipv6flow.collector.template.Template;
import org.ipv6flow.schema.flow.FlowColumns;

/**
 * Sees what a decoder decodes, record by record: for summaries and listings of captures.
 *
 * <p>Not for the live path. With a listener, records that are no traffic are decoded too.
 */
public interface DecodeListener {

  /** An options record stated a sampling interval. */
  void onSampling(ObservationDomain domain, SamplingScope scope, double interval);

  /**
   * Data records were decoded into the rows {@code fromRow} (inclusive) to {@code toRow}
   * (exclusive); rows of a biflow's reverse direction come last and are flagged.
   *
   * @param data the octets of the records begin at {@code position}
   */
  void onFlowRecords(
      ObservationDomain domain,
      ExportMessage message,
      Template template,
      FlowColumns columns,
      int fromRow,
      int toRow,
      byte[] data,
      int position,
      int to,
      int records);
}
