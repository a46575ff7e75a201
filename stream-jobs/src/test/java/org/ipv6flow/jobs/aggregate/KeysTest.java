package org.ipv6flow.jobs.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import org.ipv6flow.schema.traffic.LinkDirection;
import org.ipv6flow.schema.traffic.TrafficClass;
import org.ipv6flow.schema.traffic.UnattributedReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeysTest {

  private static final long SOME_BUCKET = 179_000_123;

  @ParameterizedTest
  @EnumSource(TrafficClass.class)
  void aLinkTrafficKeyGivesBackItsParts(TrafficClass trafficClass) {
    int link = LinkTrafficKey.MAX_LINKS - 1;
    long key =
        LinkTrafficKey.withBucket(
            LinkTrafficKey.withoutBucket(link, LinkDirection.B_TO_A, 6, trafficClass), SOME_BUCKET);

    assertThat(LinkTrafficKey.link(key)).isEqualTo(link);
    assertThat(LinkTrafficKey.directionCode(key)).isEqualTo(LinkDirection.B_TO_A.code());
    assertThat(LinkTrafficKey.ipVersion(key)).isEqualTo((byte) 6);
    assertThat(LinkTrafficKey.classCode(key)).isEqualTo(trafficClass.code());
    assertThat(LinkTrafficKey.bucket(key)).isEqualTo(SOME_BUCKET);
    assertThat(DeltaKind.LINK_TRAFFIC.bucketEpochSeconds(key)).isEqualTo(SOME_BUCKET * 10);
    assertThat(DeltaKind.SERVICE_TRAFFIC.bucketEpochSeconds(key)).isEqualTo(SOME_BUCKET * 300);
  }

  @Test
  void theLeastLinkTrafficKeyIsNotZero() {
    assertThat(
            LinkTrafficKey.withBucket(
                LinkTrafficKey.withoutBucket(0, LinkDirection.A_TO_B, 0, TrafficClass.UNKNOWN), 0))
        .isNotZero();
  }

  @ParameterizedTest
  @EnumSource(UnattributedReason.class)
  void anUnattributedKeyGivesBackItsParts(UnattributedReason reason) {
    long word2 = UnattributedKey.word2(0xFFFF_FFFE, 0xFFFF_FFFD);
    long word3 = UnattributedKey.word3(1_790_000_059_999L, UnattributedKey.METER_EGRESS, reason, 4);

    assertThat(UnattributedKey.observationDomain(word2)).isEqualTo(0xFFFF_FFFE);
    assertThat(UnattributedKey.interfaceIndex(word2)).isEqualTo(0xFFFF_FFFD);
    assertThat(UnattributedKey.minuteEpochSeconds(word3)).isEqualTo(1_790_000_040L);
    assertThat(UnattributedKey.meterCode(word3)).isEqualTo((byte) 2);
    assertThat(UnattributedKey.reasonCode(word3)).isEqualTo(reason.code());
    assertThat(UnattributedKey.ipVersion(word3)).isEqualTo((byte) 4);
  }
}
