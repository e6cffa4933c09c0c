package io.holdfast.acceptance;

import java.util.ArrayList;
import java.util.List;

/** A conversation in which the server says each sort of frame at least once. */
final class Chatter {
  private Chatter() {}

  /** All it said. */
  static List<ServerFrame> aboutEverything(NodeProcess node) {
    List<ServerFrame> heard = new ArrayList<>();
    String note = Names.entity("note");
    try (WireClient alice = node.connectAs("alice");
        WireClient bob = node.connectAs("bob")) {
      write(alice, note);
      long epoch = watch(bob, note);
      bob.say("{'t':'present','entity':'%s','data':{'at':1}}".formatted(note));
      bob.await(frame -> frame.has("put") || frame.has("all"));
      alice.mutate(note, 4, "[{'op':'inc','path':'/n','value':1}]");
      bob.await("changed");
      bob.say("{'t':'open','entity':'%s','epoch':%d,'version':3}".formatted(note, epoch))
          .await("current");
      loseAccess(alice, bob);
      end(bob);
      heard.addAll(alice.heard());
      heard.addAll(bob.heard());
    }
    return heard;
  }

  private static void write(WireClient alice, String note) {
    alice.mutate(note, 1, "[{'op':'add','path':'','value':{'n':1}}]").receipt(note, 1);
    alice.mutate(note, 1, "[{'op':'add','path':'','value':{'n':1}}]").receipt(note, 1);
    alice.mutate(note, 2, "[{'op':'inc','path':'/n','value':1}]").receipt(note, 2);
    alice.mutate(note, 3, "[{'op':'remove','path':'/nothing'}]").receipt(note, 3);
    alice.mutate(note, 9, "[{'op':'remove','path':'/nothing'}]").await("gap");
  }

  private static long watch(WireClient bob, String note) {
    return bob.say("{'t':'open','entity':'%s','presence':true}".formatted(note))
        .await("state")
        .number("epoch");
  }

  private static void loseAccess(WireClient alice, WireClient bob) {
    String room = Names.entity("room");
    String members = "{'owners':{'alice':true},'members':{'alice':true,'bob':true}}";
    alice
        .mutate(room, 1, "[{'op':'merge','path':'','value':%s}]".formatted(members))
        .receipt(room, 1);
    bob.open(room);
    alice.mutate(room, 2, "[{'op':'remove','path':'/members/bob'}]");
    bob.await("closed");
  }

  private static void end(WireClient bob) {
    bob.catchUp();
    bob.say("{'t':'no-such-frame'}").await("error");
    bob.sayExactly("no JSON").await("goaway");
  }
}
