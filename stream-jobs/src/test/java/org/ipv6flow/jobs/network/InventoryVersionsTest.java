package org.ipv6flow.jobs.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.ipv6flow.jobs.attribution.Attribution;
import org.ipv6flow.jobs.dictionary.Names;
import org.ipv6flow.jobs.testing.TestInventory;
import org.ipv6flow.schema.inventory.Inventory;
import org.ipv6flow.schema.inventory.PublishedInventory;
import org.junit.jupiter.api.Test;

class InventoryVersionsTest {

  private static final Instant LATER = Instant.parse("2026-11-25T00:00:00Z");

  private final Names names = new Names();
  private final InventoryVersions versions = new InventoryVersions();

  @Test
  void eachHoldsUntilTheNextTakesEffect() {
    versions.offer(new PublishedInventory(1, TestInventory.withAnotherLinkFrom(LATER)));
    versions.offer(new PublishedInventory(2, TestInventory.create()));
    NetworkHistory history = versions.history(names);

    assertThat(linkAt(history, LATER.toEpochMilli() - 1)).isEqualTo("LINK-1");
    assertThat(linkAt(history, LATER.toEpochMilli())).isEqualTo("LINK-9");
    assertThat(linkAt(history, Long.MAX_VALUE)).isEqualTo("LINK-9");
    Network first = history.at(0);
    assertThat(first.holdsAt(Long.MIN_VALUE)).isTrue();
    assertThat(first.holdsAt(LATER.toEpochMilli() - 1)).isTrue();
    assertThat(first.holdsAt(LATER.toEpochMilli())).isFalse();
  }

  @Test
  void beforeTheFirstTheFirstHolds() {
    versions.offer(new PublishedInventory(1, TestInventory.withAnotherLinkFrom(LATER)));

    assertThat(linkAt(versions.history(names), 0)).isEqualTo("LINK-9");
  }

  @Test
  void ofTwoThatTakeEffectAtOnceTheLaterPublishedHolds() {
    Inventory other = TestInventory.withAnotherLinkFrom(Instant.EPOCH);
    assertThat(versions.offer(new PublishedInventory(5, TestInventory.create()))).isTrue();
    assertThat(versions.offer(new PublishedInventory(4, other))).isFalse();
    assertThat(linkAt(versions.history(names), 0)).isEqualTo("LINK-1");

    assertThat(versions.offer(new PublishedInventory(6, other))).isTrue();

    assertThat(linkAt(versions.history(names), 0)).isEqualTo("LINK-9");
    assertThat(versions.all()).hasSize(1);
  }

  @Test
  void theOldestAreForgotten() {
    for (int i = 0; i < InventoryVersions.MAX_VERSIONS + 10; i++) {
      versions.offer(
          new PublishedInventory(1, TestInventory.withAnotherLinkFrom(LATER.plusSeconds(i))));
    }

    assertThat(versions.all()).hasSize(InventoryVersions.MAX_VERSIONS);
    assertThat(versions.all().iterator().next().inventory().effectiveFrom())
        .isEqualTo(LATER.plusSeconds(10));
  }

  @Test
  void thereIsNoNetworkWithoutAnInventory() {
    assertThatThrownBy(() -> new NetworkHistory(List.of(), names))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no inventory");
  }

  private String linkAt(NetworkHistory history, long millis) {
    Attribution attribution = history.at(millis).attribution();
    int exporter = attribution.exporter(0, TestInventory.CT_ROUTER);
    return names.links().name(Attribution.link(attribution.observation(exporter, 1, false)));
  }
}
