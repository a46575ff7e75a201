package org.ipv6flow.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.Operator;
import org.ipv6flow.schema.traffic.TrafficClass;
import org.ipv6flow.simulator.DemoNation;
import org.ipv6flow.simulator.export.FlowRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlowKeysTest {

  @ParameterizedTest
  @EnumSource(
      value = TrafficClass.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNKNOWN", "V4_MULTICAST", "V6_MULTICAST", "V6_NONGLOBAL", "V6_BOGON", "SRV6_OTHER"})
  void classCanBeToldFromTheRecordBetweenAnyOperators(TrafficClass trafficClass) throws Exception {
    Inventory inventory = DemoNation.load();
    SplittableRandom random = new SplittableRandom(11);
    FlowRecord flow = new FlowRecord();

    for (Operator from : inventory.operators()) {
      for (Operator to : inventory.operators()) {
        FlowKeys keys =
            new FlowKeys(
                OperatorAddresses.of(inventory, from.id()),
                OperatorAddresses.of(inventory, to.id()));
        for (int i = 0; i < 100; i++) {
          keys.draw(trafficClass, flow, random);
          assertThat(ClassOfRecord.of(flow)).isEqualTo(trafficClass);
        }
      }
    }
  }
}
