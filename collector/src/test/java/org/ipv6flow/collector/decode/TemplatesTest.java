package org.ipv6flow.collector.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ipv6flow.collector.testing.MessageBuilder.field;
import static org.ipv6flow.collector.testing.MessageBuilder.ipfix;
import static org.ipv6flow.collector.testing.MessageBuilder.netflow9;
import static org.ipv6flow.collector.testing.RecordBuilder.record;
import static org.ipv6flow.collector.testing.TestCollector.NOW_MILLIS;

import java.util.Arrays;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.ipv6flow.collector.message.DropReason;
import org.ipv6flow.collector.session.Counter;
import org.ipv6flow.collector.session.DecoderLimits;
import org.ipv6flow.collector.template.FieldSpecifier;
import org.ipv6flow.collector.testing.Accounting;
import org.ipv6flow.collector.testing.MessageBuilder;
import org.ipv6flow.collector.testing.RecordBuilder;
import org.ipv6flow.collector.testing.TestCollector;
import org.ipv6flow.schema.flow.FlowColumns;
import org.junit.jupiter.api.Test;

/** Templates: whose they are, how long they live, what replaces them, and data before them. */
class TemplatesTest {

  private static final FieldSpecifier OCTETS = field(1, 8);
  private static final FieldSpecifier PACKETS = field(2, 8);
  private static final int ID = 256;
  private static final long MINUTE = 60_000;

  /** What a set that is held counts for, beside its own octets. */
  private static final int HELD_SET_OVERHEAD = 128;

  /** In place of a UDP port: the number of a connection. */
  private static final int CONNECTION = 70_000;

  private final TestCollector collector = new TestCollector();

  @Test
  void redefinitionReplacesAtOnce_rfc7011Section8() {
    collector.receive(
        ipfix(1)
            .template(ID, OCTETS, PACKETS)
            .data(ID, record().u64(1).u64(2))
            .template(ID, PACKETS, OCTETS)
            .data(ID, record().u64(3).u64(4)));

    assertThat(collector.flows().octets).startsWith(1, 4);
    assertThat(collector.flows().packets).startsWith(2, 3);
    assertThat(collector.count(Counter.TEMPLATES_REDEFINED)).isEqualTo(1);
  }

  @Test
  void sameIdInTwoDomainsIsTwoTemplates() {
    collector.receive(ipfix(1).template(ID, OCTETS, PACKETS));
    collector.receive(ipfix(2).template(ID, PACKETS, OCTETS));
    collector.receive(ipfix(1).data(ID, record().u64(1).u64(2)));
    collector.receive(ipfix(2).data(ID, record().u64(3).u64(4)));

    assertThat(collector.flows().octets).startsWith(1, 4);
  }

  @Test
  void sameIdInBothProtocolsIsTwoTemplates() {
    collector.receive(ipfix(1).template(ID, OCTETS, PACKETS));
    collector.receive(netflow9(1).template(ID, PACKETS, OCTETS));
    collector.receive(ipfix(1).data(ID, record().u64(1).u64(2)));
    collector.receive(netflow9(1).data(ID, record().u64(3).u64(4)));

    assertThat(collector.flows().octets).startsWith(1, 4);
  }

  @Test
  void templateOfOnePortServesDataOfAnother_junosMx() {
    collector.receiveFromPort(1, ipfix(1).template(ID, OCTETS).build());
    collector.receiveFromPort(2, ipfix(1).data(ID, record().u64(5)).build());

    assertThat(collector.flows().octets[0]).isEqualTo(5);
  }

  @Test
  void portsThatDisagreeEachKeepTheirOwn() {
    collector.receiveFromPort(1, ipfix(1).template(ID, OCTETS, PACKETS).build());
    collector.receiveFromPort(2, ipfix(1).template(ID, PACKETS, OCTETS).build());
    collector.receiveFromPort(1, ipfix(1).data(ID, record().u64(1).u64(2)).build());
    collector.receiveFromPort(2, ipfix(1).data(ID, record().u64(3).u64(4)).build());
    collector.receiveFromPort(3, ipfix(1).data(ID, record().u64(5).u64(6)).build());

    assertThat(collector.flows().octets).startsWith(1, 4, 6);
  }

  @Test
  void oneOfTwoPortsThatAgreedMayRedefineItsOwn() {
    collector.receiveFromPort(1, ipfix(1).template(ID, OCTETS, PACKETS).build());
    collector.receiveFromPort(2, ipfix(1).template(ID, OCTETS, PACKETS).build());
    collector.receiveFromPort(1, ipfix(1).template(ID, PACKETS, OCTETS).build());
    collector.receiveFromPort(1, ipfix(1).data(ID, record().u64(1).u64(2)).build());
    collector.receiveFromPort(2, ipfix(1).data(ID, record().u64(3).u64(4)).build());

    assertThat(collector.flows().octets).startsWith(2, 3);
  }

  @Test
  void withdrawalOverUdpIsIgnored_rfc7011Section8_4() {
    collector.receive(
        ipfix(1)
            .template(ID, OCTETS)
            .set(2, record().u16(ID).u16(0).build())
            .data(ID, record().u64(5)));

    assertThat(collector.flows().recordCount).isEqualTo(1);
    assertThat(collector.dropped(DropReason.WITHDRAWAL_IGNORED)).isEqualTo(1);
  }

  @Test
  void templateExpiresAfterHalfAnHourWithoutRefresh_rfc5153() {
    collector.receive(ipfix(1).template(ID, OCTETS));
    collector.at(NOW_MILLIS + 31 * MINUTE).tick();
    collector.receive(ipfix(1).data(ID, record().u64(5)));

    assertThat(collector.flows().recordCount).isZero();
    assertThat(collector.count(Counter.HELD_SETS)).isEqualTo(1);
  }

  @Test
  void templateRefreshedSlowlyLivesForThreeRefreshes() {
    collector.receive(ipfix(1).template(ID, OCTETS));
    collector.at(NOW_MILLIS + 20 * MINUTE).receive(ipfix(1).template(ID, OCTETS));
    collector.at(NOW_MILLIS + 79 * MINUTE).tick();
    collector.receive(ipfix(1).data(ID, record().u64(5)));

    assertThat(collector.flows().recordCount).isEqualTo(1);
  }

  @Test
  void restartOfANetflow9ExporterForgetsItsTemplates_rfc3954() {
    collector.receive(v9(5_000_000, 1_700_000_000).template(ID, OCTETS));
    collector.receive(v9(4_000, 1_700_000_100).data(ID, record().u64(5)));

    assertThat(collector.flows().recordCount).isZero();
    assertThat(collector.count(Counter.HELD_SETS)).isEqualTo(1);
    assertThat(collector.count(Counter.RESTARTS)).isEqualTo(1);
  }

  @Test
  void restartOnAnotherPortForgetsTheTemplatesOfTheOldOne() {
    collector.receiveFromPort(
        1, v9(5_000_000, 1_700_000_000).template(ID, OCTETS, PACKETS).build());
    collector.at(NOW_MILLIS + 100_000);
    collector.receiveFromPort(2, v9(4_000, 1_700_000_100).data(ID, record().u64(5).u64(6)).build());
    collector.receiveFromPort(2, v9(5_000, 1_700_000_101).template(ID, PACKETS, OCTETS).build());

    assertThat(collector.count(Counter.RESTARTS)).isEqualTo(1);
    assertThat(collector.flows().octets[0]).isEqualTo(6);
  }

  @Test
  void lineCardThatStartedLaterOnAPortOfItsOwnIsNoRestart() {
    collector.receiveFromPort(1, v9(5_000_000, 1_700_000_000).template(ID, OCTETS).build());
    collector.receiveFromPort(2, v9(1_000_000, 1_700_000_000).data(ID, record().u64(5)).build());

    assertThat(collector.flows().octets[0]).isEqualTo(5);
    assertThat(collector.count(Counter.RESTARTS)).isZero();
  }

  @Test
  void dataHeldFromBeforeARestartIsNotReadByATemplateFromAfterIt() {
    collector.receive(v9(5_000_000, 1_700_000_000).data(ID, record().u64(1).u64(2)));
    collector.receive(v9(4_000, 1_700_000_100).template(ID, PACKETS, OCTETS));

    assertThat(collector.flows().recordCount).isZero();
    assertThat(collector.count(Counter.HELD_SETS_EXPIRED)).isEqualTo(1);
    assertThat(collector.dropped(DropReason.TEMPLATE_UNKNOWN)).isEqualTo(1);
  }

  @Test
  void clockThatIsSetForgetsTheTemplates_rfc3954Section9() {
    for (int i = 0; i <= 20; i++) {
      collector.receive(v9(5_000_000 + i * 1_000L, 1_700_000_000 + i).template(ID, OCTETS));
    }
    collector.receive(v9(5_021_000, 1_700_003_600).data(ID, record().u64(5)));

    assertThat(collector.count(Counter.CLOCK_CHANGES)).isEqualTo(1);
    assertThat(collector.count(Counter.RESTARTS)).isZero();
    assertThat(collector.flows().recordCount).isZero();
    assertThat(collector.count(Counter.HELD_SETS)).isEqualTo(1);
  }

  @Test
  void clockThatIsNeverSteadyForgetsNothing_softflowd() {
    collector.receive(v9(5_000_000, 5_000).template(ID, OCTETS));
    for (int i = 0; i < 40; i++) {
      long seconds = i % 2 == 0 ? 1_700_000_000 : 5_000;
      collector.receive(v9(5_001_000 + i, seconds).data(ID, record().u64(5)));
    }

    assertThat(collector.count(Counter.CLOCK_CHANGES)).isZero();
    assertThat(collector.flows().recordCount).isEqualTo(40);
  }

  @Test
  void wrapOfTheUpTimeAfter49DaysIsNoRestart() {
    collector.receive(v9(0xFFFF_F000L, 1_700_000_000).template(ID, OCTETS));
    collector.receive(v9(0x1_0000_4E20L & 0xFFFF_FFFFL, 1_700_000_024).data(ID, record().u64(5)));

    assertThat(collector.flows().recordCount).isEqualTo(1);
    assertThat(collector.count(Counter.RESTARTS)).isZero();
  }

  @Test
  void datagramThatWasOvertakenIsNoRestart() {
    collector.receive(v9(5_000_000, 1_700_000_000).template(ID, OCTETS));
    collector.receive(v9(4_900_000, 1_699_999_900).data(ID, record().u64(5)));

    assertThat(collector.flows().recordCount).isEqualTo(1);
    assertThat(collector.count(Counter.RESTARTS)).isZero();
  }

  private static MessageBuilder v9(long upTimeMillis, long seconds) {
    return netflow9(1).sysUpTimeMillis(upTimeMillis).exportTimeSeconds(seconds);
  }

  @Test
  void refusesTemplateWithMoreFieldsThanAllowed() {
    FieldSpecifier[] fields = new FieldSpecifier[513];
    Arrays.fill(fields, OCTETS);

    collector.receive(ipfix(1).template(ID, fields));

    assertThat(collector.dropped(DropReason.TOO_MANY_FIELDS)).isEqualTo(1);
  }

  @Test
  void refusesMoreTemplatesThanAllowedButStillReplaces() {
    int allowed = DecoderLimits.defaults().maxTemplatesPerDomain();
    for (int i = 0; i <= allowed; i++) {
      collector.receive(ipfix(1).template(ID + i, OCTETS, PACKETS));
    }
    collector.receive(ipfix(1).template(ID, OCTETS));

    assertThat(collector.count(Counter.TEMPLATE_RECORDS)).isEqualTo(allowed + 1);
    assertThat(collector.dropped(DropReason.TOO_MANY_TEMPLATES)).isEqualTo(1);
  }

  @Test
  void templatesOfAllDomainsAndPortsOfAnExporterAreBounded() {
    TestCollector limited = new TestCollector(fields(10, 1_000));
    limited.receiveFromPort(1, ipfix(1).template(ID, OCTETS, PACKETS, OCTETS, PACKETS).build());
    limited.receiveFromPort(2, ipfix(1).template(ID, PACKETS, OCTETS, PACKETS, OCTETS).build());
    limited.receiveFromPort(1, ipfix(2).template(ID, OCTETS, PACKETS, OCTETS).build());
    limited.receiveFromPort(1, ipfix(2).template(ID, OCTETS, PACKETS).build());

    assertThat(limited.count(Counter.TEMPLATE_RECORDS)).isEqualTo(3);
    assertThat(limited.dropped(DropReason.TOO_MANY_TEMPLATES)).isEqualTo(1);
  }

  @Test
  void templatesOfAllExportersTogetherAreBounded() {
    TestCollector limited = new TestCollector(fields(1_000, 3));
    limited.receive(ipfix(1).template(ID, OCTETS, PACKETS));
    limited.receiveFromExporter(9, ipfix(1).template(ID, OCTETS, PACKETS).build());

    assertThat(limited.dropped(DropReason.TOO_MANY_TEMPLATES)).isEqualTo(1);
  }

  @Test
  void expiredTemplatesMakeRoomForOthers() {
    TestCollector limited = new TestCollector(fields(2, 2));
    limited.receive(ipfix(1).template(ID, OCTETS, PACKETS));
    limited.at(NOW_MILLIS + 31 * MINUTE).tick();
    limited.receive(ipfix(1).template(ID + 1, PACKETS, OCTETS));

    assertThat(limited.dropped(DropReason.TOO_MANY_TEMPLATES)).isZero();
  }

  @Test
  void aRefusedDefinitionLeavesTheOldOneAlone() {
    TestCollector limited = new TestCollector(fields(2, 2));
    limited.receive(ipfix(1).template(ID, OCTETS, PACKETS));
    limited.receive(ipfix(1).template(ID, PACKETS, OCTETS, OCTETS));
    limited.receive(ipfix(1).data(ID, record().u64(1).u64(2)));

    assertThat(limited.flows().octets[0]).isEqualTo(1);
  }

  private static DecoderLimits fields(int perExporter, long all) {
    DecoderLimits d = DecoderLimits.defaults();
    return new DecoderLimits(
        d.maxExporters(),
        d.maxDomainsPerExporter(),
        d.maxTemplatesPerDomain(),
        d.maxFieldsPerTemplate(),
        perExporter,
        all,
        d.holdUnknownSets(),
        d.maxHeldOctetsPerExporter(),
        d.maxHeldOctets(),
        d.maxHoldTime(),
        d.minTemplateLifetime(),
        d.maxClockDifference());
  }

  @Test
  void heldOctetsOfAllExportersTogetherAreBounded_rfc7011Section11_4() {
    for (int exporter = 0; exporter < 80; exporter++) {
      for (int i = 0; i < 17; i++) {
        collector.receiveFromExporter(exporter, ipfix(1).set(999, new byte[60_000]).build());
      }
    }

    int heldSets = (64 << 20) / (60_000 + HELD_SET_OVERHEAD);
    assertThat(collector.count(Counter.HELD_SETS)).isEqualTo(heldSets);
    assertThat(collector.dropped(DropReason.HOLD_LIMIT)).isEqualTo(80 * 17 - heldSets);
  }

  @Test
  void heldSetsOfNoOctetsAreBoundedToo_rfc7011Section11_4() {
    RecordBuilder empty = record();
    for (int i = 0; i < 10_000; i++) {
      empty.u16(999).u16(4);
    }
    collector.receive(ipfix(1).raw(empty.build()));

    int heldSets = (1 << 20) / HELD_SET_OVERHEAD;
    assertThat(collector.count(Counter.HELD_SETS)).isEqualTo(heldSets);
    assertThat(collector.dropped(DropReason.HOLD_LIMIT)).isEqualTo(10_000 - heldSets);
  }

  @Test
  void setOfAPortWaitsOnWhileAConnectionAnnouncesItsTemplateId_rfc7011Section8_1() {
    collector.receiveFromPort(1, ipfix(1).data(ID, record().u64(5).u64(6)).build());
    collector.receiveFromPort(CONNECTION, ipfix(1).template(ID, PACKETS, OCTETS).build());

    Accounting.check(collector.decoder().totals());
    assertThat(collector.count(Counter.FLOW_RECORDS)).isZero();

    collector.receiveFromPort(1, ipfix(1).template(ID, OCTETS, PACKETS).build());

    Accounting.check(collector.decoder().totals());
    assertThat(collector.flows().octets[0]).isEqualTo(5);
  }

  @Test
  void optionsTemplateWithoutOctetsIsKnownAndItsDataIsDropped() {
    collector.receive(
        ipfix(1).optionsTemplate(300, 1, field(144, 0), field(34, 0)).data(300, record().zeros(8)));

    assertThat(collector.count(Counter.OPTIONS_TEMPLATE_RECORDS)).isEqualTo(1);
    assertThat(collector.dropped(DropReason.RECORD_LENGTH_ZERO)).isEqualTo(1);
  }

  @Test
  void optionsTemplateWithoutScopeIsReadNevertheless_netflow9() {
    collector.receive(
        netflow9(1).optionsTemplate(300, 0, field(34, 4)).data(300, record().u32(100)));

    assertThat(collector.count(Counter.OPTIONS_RECORDS)).isEqualTo(1);
  }

  @Test
  void templateLearnedByOneEventLoopServesTheOthers() {
    TestCollector other = new TestCollector(collector.state(), FlowColumns.DEFAULT_CAPACITY);
    other.receive(ipfix(1).data(ID, record().u64(5)));
    collector.receive(ipfix(1).template(ID, OCTETS));
    other.receive(ipfix(1).data(ID, record().u64(6)));

    // Held by one loop, decoded by the one that learned the template.
    assertThat(collector.flows().octets[0]).isEqualTo(5);
    assertThat(other.flows().octets[0]).isEqualTo(6);
  }

  @Test
  void dataAndItsTemplateOnTwoEventLoopsAtOnceNeverMissEachOther() throws Exception {
    int rounds = 3_000;
    TestCollector other = new TestCollector(collector.state(), FlowColumns.DEFAULT_CAPACITY);
    CyclicBarrier start = new CyclicBarrier(2);
    FutureTask<Void> templates =
        new FutureTask<>(
            () -> {
              for (int round = 0; round < rounds; round++) {
                start.await();
                collector.receive(ipfix(round / 500).template(ID + round % 500, OCTETS));
              }
              return null;
            });
    new Thread(templates).start();
    for (int round = 0; round < rounds; round++) {
      start.await();
      other.receive(ipfix(round / 500).data(ID + round % 500, record().u64(1)));
    }
    templates.get();

    assertThat(collector.count(Counter.FLOW_RECORDS) + other.count(Counter.FLOW_RECORDS))
        .isEqualTo(rounds);
  }

  @Test
  void connectionSeesItsOwnTemplatesOnly_rfc7011Section8_1() {
    collector.receiveFromPort(1, ipfix(1).template(ID, OCTETS, PACKETS).build());
    collector.receiveFromPort(CONNECTION, ipfix(1).data(ID, record().u64(1).u64(2)).build());
    assertThat(collector.flows().recordCount).isZero();

    collector.receiveFromPort(CONNECTION, ipfix(1).template(ID, PACKETS, OCTETS).build());
    collector.receiveFromPort(2, ipfix(1).data(ID, record().u64(3).u64(4)).build());

    assertThat(collector.flows().octets).startsWith(2, 3);
  }

  @Test
  void withdrawalOnAConnectionIsObeyed_rfc7011Section8_1() {
    collector.receiveFromPort(
        CONNECTION,
        ipfix(1)
            .template(ID, OCTETS)
            .template(ID + 1, OCTETS)
            .set(2, record().u16(ID).u16(0).build())
            .data(ID, record().u64(5))
            .data(ID + 1, record().u64(6))
            .build());

    assertThat(collector.count(Counter.TEMPLATES_WITHDRAWN)).isEqualTo(1);
    assertThat(collector.flows().octets).startsWith(6);
    assertThat(collector.count(Counter.HELD_SETS)).isEqualTo(1);
  }

  @Test
  void allTemplatesOfAKindAreWithdrawnByTheSetsOwnId_rfc7011Section8_1() {
    collector.receiveFromPort(
        CONNECTION,
        ipfix(1)
            .template(ID, OCTETS)
            .optionsTemplate(300, 1, field(144, 4), field(34, 4))
            .set(2, record().u16(2).u16(0).build())
            .data(ID, record().u64(5))
            .data(300, record().u32(0).u32(100))
            .build());

    assertThat(collector.count(Counter.HELD_SETS)).isEqualTo(1);
    assertThat(collector.count(Counter.OPTIONS_RECORDS)).isEqualTo(1);
  }

  @Test
  void withdrawalOfWhatWasNotAnnouncedIsCounted() {
    collector.receiveFromPort(CONNECTION, ipfix(1).set(2, record().u16(ID).u16(0).build()).build());

    assertThat(collector.dropped(DropReason.WITHDRAWAL_UNKNOWN)).isEqualTo(1);
  }

  @Test
  void templatesOfAConnectionDoNotExpireButEndWithIt_rfc7011Section8_1() {
    collector.receiveFromPort(CONNECTION, ipfix(1).template(ID, OCTETS).build());
    collector.at(NOW_MILLIS + 600 * MINUTE).tick();
    collector.receiveFromPort(CONNECTION, ipfix(1).data(ID, record().u64(5)).build());
    assertThat(collector.flows().recordCount).isEqualTo(1);

    collector.decoder().closeConnection(CONNECTION);
    collector.receiveFromPort(CONNECTION, ipfix(1).data(ID, record().u64(6)).build());

    assertThat(collector.flows().recordCount).isEqualTo(1);
    assertThat(collector.count(Counter.HELD_SETS)).isEqualTo(1);
  }

  @Test
  void dropsTruncatedTemplateAndKeepsTheOneBeforeIt() {
    collector.receive(
        ipfix(1)
            .set(2, record().u16(ID).u16(1).u16(1).u16(8).u16(257).u16(2).u16(1).u16(8).build())
            .data(ID, record().u64(5)));

    assertThat(collector.dropped(DropReason.TEMPLATE_TRUNCATED)).isEqualTo(1);
    assertThat(collector.flows().recordCount).isEqualTo(1);
  }

  @Test
  void dropsTemplateWithReservedId_rfc7011Section3_4_1() {
    collector.receive(ipfix(1).template(255, OCTETS));

    assertThat(collector.dropped(DropReason.RESERVED_TEMPLATE_ID)).isEqualTo(1);
  }

  @Test
  void acceptsPaddingBehindTemplates_rfc7011Section3_3_1() {
    collector.receive(ipfix(1).set(2, record().u16(ID).u16(1).u16(1).u16(8).zeros(2).build()));

    assertThat(collector.count(Counter.TEMPLATE_RECORDS)).isEqualTo(1);
    assertThat(collector.decoder().totals().dropped(DropReason.Level.TEMPLATE)).isZero();
  }

  @Test
  void holdsDataUntilItsTemplateComesAndDecodesItWithItsOwnHeader() {
    collector.receive(ipfix(1).sequence(7).data(ID, record().u64(5)));
    collector.at(NOW_MILLIS + 10_000).receive(ipfix(1).sequence(8).template(ID, OCTETS));

    assertThat(collector.flows().octets[0]).isEqualTo(5);
    assertThat(collector.flows().messageSequenceNumber[0]).isEqualTo(7);
    assertThat(collector.flows().messageReceiveTimeMillis[0]).isEqualTo(NOW_MILLIS);
    assertThat(collector.count(Counter.HELD_SETS_DECODED)).isEqualTo(1);
    assertThat(collector.dropped(DropReason.TEMPLATE_UNKNOWN)).isZero();
  }

  @Test
  void dropsHeldDataWhoseTemplateDoesNotCome() {
    collector.receive(ipfix(1).data(ID, record().u64(5)));
    collector.at(NOW_MILLIS + 61_000).tick();
    collector.receive(ipfix(1).template(ID, OCTETS));

    assertThat(collector.flows().recordCount).isZero();
    assertThat(collector.count(Counter.HELD_SETS_EXPIRED)).isEqualTo(1);
    assertThat(collector.dropped(DropReason.TEMPLATE_UNKNOWN)).isEqualTo(1);
  }

  @Test
  void holdsNoMoreOctetsThanAllowed_rfc7011Section11_4() {
    for (int i = 0; i < 20; i++) {
      collector.receive(ipfix(1).set(999, new byte[60_000]));
    }

    assertThat(collector.count(Counter.HELD_SETS)).isEqualTo((1 << 20) / 60_000);
    assertThat(collector.dropped(DropReason.HOLD_LIMIT)).isEqualTo(20 - (1 << 20) / 60_000);
  }
}
