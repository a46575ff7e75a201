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
      names = {
        "V4_NATIVE",
        "V4_BOGON",
        "V6_IN_V4",
        "TEREDO_IN_V4",
        "OVERLAY_IN_V4",
        "V6_NATIVE",
        "V4_IN_V6",
        "V6_TRANSLATED",
        "SRV6_V4",
        "SRV6_V6"
      })
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
