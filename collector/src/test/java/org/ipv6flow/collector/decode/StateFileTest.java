package org.ipv6flow.collector.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.MessageBuilder.ipfix;
import static org.ipv6flow.collector.testing.MessageBuilder.netflow9;
import static org.ipv6flow.collector.testing.RecordBuilder.record;
import static org.ipv6flow.collector.testing.TestCollector.NOW_MILLIS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.collector.testing.TestCollector;
import org.ipv6flow.schema.flow.FlowColumns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates and sampling intervals over a restart of the collector. */
class StateFileTest {

  @Test
  void decodesTheFirstDatagramAfterARestart(@TempDir Path directory) throws IOException {
    TestCollector before = new TestCollector();
    before.receive(
        ipfix(7)
            .template(256, field(1, 8), field(29_305, 1, 8), field(96, 65_535))
            .optionsTemplate(300, 1, field(144, 4), field(34, 4))
            .data(300, record().u32(0).u32(500)));
    before.receive(netflow9(8).template(256, field(1, 4), field(48, 1)));
    before.receive(
        netflow9(8)
            .optionsTemplate(300, 1, field(1, 4), field(48, 1), field(50, 4))
            .data(300, record().u32(0).u8(2).u32(4_000)));
    Path file = directory.resolve("state/templates");
    before.state().save(file);

    DecoderState restarted = new DecoderState(DecoderLimits.defaults());
    int templates = restarted.load(file, NOW_MILLIS);
    TestCollector after = new TestCollector(restarted, FlowColumns.DEFAULT_CAPACITY);
    after.receive(ipfix(7).data(256, record().u64(11).u64(0).string("x")));
    after.receive(netflow9(8).data(256, record().u32(12).u8(2)));

    assertThat(templates).isEqualTo(4);
    FlowColumns flows = after.flows();
    assertThat(flows.octets).startsWith(11, 12);
    assertThat(flows.samplingIntervals[flows.samplingIndex[0]]).isEqualTo(500);
    assertThat(flows.samplingIntervals[flows.samplingIndex[1]]).isEqualTo(4_000);
  }

  @Test
  void leavesOutTemplatesThatExpiredMeanwhile(@TempDir Path directory) throws IOException {
    TestCollector before = new TestCollector();
    before.receive(ipfix(7).template(256, field(1, 8)));
    Path file = directory.resolve("templates");
    before.state().save(file);

    DecoderState restarted = new DecoderState(DecoderLimits.defaults());
    restarted.load(file, NOW_MILLIS + 3_600_000);
    TestCollector after = new TestCollector(restarted, FlowColumns.DEFAULT_CAPACITY);
    after.receive(ipfix(7).data(256, record().u64(11)));

    assertThat(after.flows().recordCount).isZero();
  }

  @Test
  void slowlyRefreshedTemplatesLiveAsLongAsIfTheCollectorHadNotStopped(@TempDir Path directory)
      throws IOException {
    TestCollector before = new TestCollector();
    before.receive(ipfix(7).template(256, field(1, 8)));
    before.at(NOW_MILLIS + 1_500_000).receive(ipfix(7).template(256, field(1, 8)));
    Path file = directory.resolve("templates");
    before.state().save(file);

    DecoderState restarted = new DecoderState(DecoderLimits.defaults());
    int templates = restarted.load(file, NOW_MILLIS + 1_500_000 + 4_000_000);

    assertThat(templates).isEqualTo(1);
  }

  @Test
  void templatesOfConnectionsEndWithThem(@TempDir Path directory) throws IOException {
    TestCollector before = new TestCollector();
    before.receiveFromPort(70_000, ipfix(7).template(256, field(1, 8)).build());
    Path file = directory.resolve("templates");
    before.state().save(file);

    assertThat(new DecoderState(DecoderLimits.defaults()).load(file, NOW_MILLIS)).isZero();
  }

  @Test
  void changesTellWhenToSave() {
    TestCollector collector = new TestCollector();
    long start = collector.state().changes();
    collector.receive(ipfix(7).template(256, field(1, 8)));
    long learned = collector.state().changes();
    collector.at(NOW_MILLIS + 1_000).receive(ipfix(7).template(256, field(1, 8)));

    assertThat(learned).isGreaterThan(start);
    assertThat(collector.state().changes()).isEqualTo(learned);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 30, 60})
  void aTruncatedFileIsNoFile(int octets, @TempDir Path directory) throws IOException {
    TestCollector before = new TestCollector();
    before.receive(ipfix(7).template(256, field(1, 8)));
    Path file = directory.resolve("templates");
    before.state().save(file);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), octets));

    assertThatThrownBy(() -> new DecoderState(DecoderLimits.defaults()).load(file, NOW_MILLIS))
        .isInstanceOf(IOException.class);
  }

  @Test
  void saysHowADamagedFileIsDamaged(@TempDir Path directory) throws IOException {
    TestCollector before = new TestCollector();
    before.receive(ipfix(7).template(256, field(1, 8)));
    Path file = directory.resolve("templates");
    before.state().save(file);
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);

    DecoderState restarted = new DecoderState(DecoderLimits.defaults());

    assertThatThrownBy(() -> restarted.load(file, NOW_MILLIS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("templates: first line 'ipv6flow-exporter-state-1")
        .hasMessageContaining("(expected: ");
  }
}
