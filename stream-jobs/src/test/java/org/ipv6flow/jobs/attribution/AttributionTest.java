package org.ipv6flow.jobs.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.ipv6flow.jobs.dictionary.Names;
import org.ipv6flow.jobs.dictionary.Numbering;
import org.ipv6flow.jobs.testing.TestInventory;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.traffic.LinkDirection;
import org.ipv6flow.schema.traffic.UnattributedReason;
import org.junit.jupiter.api.Test;

class AttributionTest {

  private final Inventory inventory = TestInventory.create();
  private final Numbering<String> links = new Names().links();
  private final Attribution attribution = new Attribution(inventory, links::number);
  private final int ct = attribution.exporter(0, TestInventory.CT_ROUTER);
  private final int cu = attribution.exporter(0, TestInventory.CU_ROUTER);

  @Test
  void whatAnOperatorsEdgeReceivesComesFromTheOtherOperator() {
    assertCounts(attribution.observation(ct, 1, false), "LINK-1", LinkDirection.B_TO_A);
    assertCounts(attribution.observation(cu, 1, false), "LINK-1", LinkDirection.A_TO_B);
  }

  @Test
  void anInterfaceThatCountsBothWaysCountsEgressForTheOppositeDirection() {
    assertCounts(attribution.observation(ct, 2, false), "LINK-2", LinkDirection.B_TO_A);
    assertCounts(attribution.observation(ct, 2, true), "LINK-2", LinkDirection.A_TO_B);
  }

  @Test
  void theOtherMeterOfAnInterfaceThatCountsOneWayIsNotPrimary() {
    assertReason(attribution.observation(ct, 1, true), UnattributedReason.NOT_PRIMARY);
  }

  @Test
  void aSecondInterfaceOfALinkIsNotPrimary() {
    assertReason(attribution.observation(cu, 4, false), UnattributedReason.NOT_PRIMARY);
  }

  /** What B's router receives crosses A to B, and so does what A's router sends. */
  @Test
  void anObservationThatIsNotPrimaryStillTellsWhichDirectionItCrosses() {
    assertCounts(
        Attribution.crossed(attribution.observation(ct, 1, true)), "LINK-1", LinkDirection.A_TO_B);
    assertCounts(
        Attribution.crossed(attribution.observation(cu, 4, false)), "LINK-3", LinkDirection.A_TO_B);
    assertCounts(
        Attribution.crossed(attribution.observation(cu, 4, true)), "LINK-3", LinkDirection.B_TO_A);
    assertThat(Attribution.crossed(attribution.observation(ct, 1, false)))
        .isEqualTo(Attribution.NO_LINK);
    assertThat(Attribution.crossed(attribution.observation(ct, 100, false)))
        .isEqualTo(Attribution.NO_LINK);
  }

  @Test
  void whatTheCoreSendsLeavesByTheLinkOfItsEgressInterface() {
    assertCounts(attribution.leavesBy(ct, 1), "LINK-1", LinkDirection.A_TO_B);
    assertCounts(attribution.leavesBy(ct, 2), "LINK-2", LinkDirection.A_TO_B);
    assertThat(attribution.leavesBy(ct, 100)).isEqualTo(Attribution.NO_LINK);
    assertThat(attribution.leavesBy(ct, 0)).isEqualTo(Attribution.NO_LINK);
    assertThat(attribution.leavesBy(Attribution.NO_EXPORTER, 1)).isEqualTo(Attribution.NO_LINK);
  }

  /** Routers export the bundle's ifIndex or, in IE 252 and 253, the member's. */
  @Test
  void membersOfABundleCountAsTheBundle() {
    assertCounts(attribution.observation(ct, 21, false), "LINK-2", LinkDirection.B_TO_A);
    assertCounts(attribution.observation(ct, 22, true), "LINK-2", LinkDirection.A_TO_B);
  }

  @Test
  void anInterfaceWithoutALinkIsInternal() {
    assertReason(attribution.observation(ct, 100, false), UnattributedReason.INTERNAL_INTERFACE);
    assertReason(attribution.observation(ct, 100, true), UnattributedReason.INTERNAL_INTERFACE);
  }

  @Test
  void interfaceZeroMeansThatNoneWasNamed() {
    assertReason(attribution.observation(ct, 0, false), UnattributedReason.NO_INTERFACE);
  }

  @Test
  void anInterfaceThatTheInventoryDoesNotKnowIsSaidSo() {
    assertReason(attribution.observation(ct, 3, false), UnattributedReason.UNKNOWN_INTERFACE);
    assertReason(attribution.observation(ct, -1, false), UnattributedReason.UNKNOWN_INTERFACE);
  }

  @Test
  void anExporterThatTheInventoryDoesNotKnowIsSaidSo() {
    int unknown = attribution.exporter(1, TestInventory.CT_ROUTER);

    assertThat(unknown).isEqualTo(Attribution.NO_EXPORTER);
    assertReason(attribution.observation(unknown, 1, false), UnattributedReason.UNKNOWN_EXPORTER);
  }

  @Test
  void knowsTheActiveTimeoutOfAnExporter() {
    assertThat(attribution.activeTimeoutMillis(ct)).isEqualTo(60_000);
    assertThat(attribution.activeTimeoutMillis(cu)).isZero();
  }

  private void assertCounts(int answer, String link, LinkDirection direction) {
    assertThat(Attribution.isLinkDirection(answer)).isTrue();
    assertThat(links.name(Attribution.link(answer))).isEqualTo(link);
    assertThat(Attribution.direction(answer)).isEqualTo(direction);
  }

  private static void assertReason(int answer, UnattributedReason reason) {
    assertThat(Attribution.isLinkDirection(answer)).isFalse();
    assertThat(Attribution.reason(answer)).isEqualTo(reason);
  }
}
