package org.ipv6flow.jobs.quality;

import com.google.protobuf.InvalidProtocolBufferException;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.ipv6flow.jobs.clickhouse.RowBlock;
import org.ipv6flow.jobs.source.DeadLetter;
import org.ipv6flow.schema.v1.ExporterStatus;

/**
 * Exporter status records to rows, one by one: there are few of them, and the table adds them up.
 */
@SuppressWarnings("NullAway.Init") // Flink opens an operator before anything else.
public final class StatusRowsOperator extends AbstractStreamOperator<RowBlock>
    implements OneInputStreamOperator<byte[], RowBlock> {

  private static final long serialVersionUID = 1L;

  private transient StatusRows rows;
  private transient Counter malformed;

  @Override
  public void open() throws Exception {
    super.open();
    rows = new StatusRows();
    malformed = getMetricGroup().counter("malformedStatusRecords");
  }

  @Override
  public void processElement(StreamRecord<byte[]> element) {
    byte[] octets = element.getValue();
    try {
      rows.add(ExporterStatus.parseFrom(octets));
    } catch (InvalidProtocolBufferException | MalformedStatusException e) {
      malformed.inc();
      output.collect(
          DeadLetter.TAG,
          new StreamRecord<>(DeadLetter.of("exporter status: " + e.getMessage(), octets)));
      return;
    }
    output.collect(new StreamRecord<>(rows.takeQuality()));
    RowBlock drops = rows.takeDrops();
    if (drops.rows() > 0) {
      output.collect(new StreamRecord<>(drops));
    }
  }
}
