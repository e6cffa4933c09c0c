package io.holdfast;

import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import io.holdfast.replica.Fence;
import java.util.Set;

/** What this node sees of its cluster. */
final class Lookout {
  private static final Set<MemberStatus> THERE = Set.of(MemberStatus.up(), MemberStatus.leaving());

  private Lookout() {}

  /** Members that count and how many of them are reached; none once this node is no longer one of them. */
  static Fence.View of(Cluster cluster) {
    var state = cluster.state();
    Set<Member> unreachable = state.getUnreachable();
    int all = 0;
    int reachable = 0;
    for (Member member : state.getMembers()) {
      if (THERE.contains(member.status())) {
        all++;
        reachable += unreachable.contains(member) ? 0 : 1;
      }
    }
    MemberStatus self = cluster.selfMember().status();
    boolean out = self == MemberStatus.down() || self == MemberStatus.removed();
    return new Fence.View(out ? 0 : reachable, all);
  }
}
