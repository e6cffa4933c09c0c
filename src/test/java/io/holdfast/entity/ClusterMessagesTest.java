package io.holdfast.entity;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import com.typesafe.config.ConfigFactory;
import io.holdfast.auth.Principal;
import io.holdfast.document.Json;
import io.holdfast.document.JsonReader;
import io.holdfast.document.JsonString;
import io.holdfast.document.JsonWriter;
import io.holdfast.document.Patch;
import io.holdfast.protocol.ChangeMeta;
import io.holdfast.protocol.EntityId;
import io.holdfast.protocol.ErrorCode;
import io.holdfast.protocol.Position;
import io.holdfast.protocol.Refusal;
import io.holdfast.protocol.ServerFrames.Present;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What nodes of this version write, nodes of the version before and after must read: the files under cluster/v1 are never edited. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterMessagesTest {
  private static final Path V1 = Path.of("src/test/resources/cluster/v1");

  private final ActorTestKit kit =
      ActorTestKit.create("holdfast", ConfigFactory.parseString("akka.actor.provider=local"));
  private final ClusterCodec codec = new ClusterCodec(kit.system());
  private final TestProbe<Notice> replica = kit.createTestProbe("replica", Notice.class);
  private final TestProbe<Notice.At> reader = kit.createTestProbe("reader", Notice.At.class);
  private final TestProbe<StateEntity.Command> entity =
      kit.createTestProbe("entity", StateEntity.Command.class);

  @AfterAll
  void stop() {
    kit.shutdownTestKit();
  }

  private static Json json(String text) {
    try {
      return JsonReader.read(text.replace('\'', '"'));
    } catch (Exception wrong) {
      throw new AssertionError(wrong);
    }
  }

  private static Patch patch(String ops) {
    return CommandCodec.patch(json(ops));
  }

  private static Change change(long version, String ops) {
    Patch patch = patch(ops);
    return new Change(
        new ChangeMeta(version, "c-1", version, "ann", 1_700_000_000_000L + version),
        patch,
        JsonWriter.canonical(patch.toJson()));
  }

  private List<ClusterMessage> commands() {
    Principal ann = new Principal(
        "ann",
        Set.of("editor", "admin"),
        Optional.of(Instant.parse("2026-01-01T00:00:00.123456789Z")),
        Optional.of(Instant.parse("2026-01-01T01:00:00Z")));
    Proposal plain = new Proposal(
        "c-1",
        3,
        2,
        OptionalLong.of(7),
        ann,
        1_700_000_000_000L,
        patch(
            "[{'op':'add','path':'/ü~1','value':[1,null,'x']},{'op':'inc','path':'/n','value':1.5}]"),
        Optional.empty());
    Proposal unfit = Proposal.unfit(
        "http",
        0,
        0,
        Principal.anonymous(),
        5,
        new Refusal(ErrorCode.BAD_PATCH, "op: none", "/ops/0"));
    Present present = new Present("s-1", "c-1", "ann", json("{'cursor':[1,2]}"));
    return List.of(
        new StateEntity.Submit(9, List.of(plain, unfit), replica.getRef()),
        new StateEntity.Attach(replica.getRef(), new Position(8_812_345_678_901_234L, 12)),
        new StateEntity.Detach(replica.getRef()),
        new StateEntity.Read(reader.getRef()),
        new StateEntity.Present(replica.getRef(), true, List.of(present), List.of("s-2")));
  }

  private List<ClusterMessage> notices() {
    Notice.Committed committed = Notice.Committed.elsewhere(
        77, List.of(change(4, "[{'op':'remove','path':'/a'}]"), change(5, "[]")));
    List<Verdict> verdicts = List.of(
        new Verdict.Accepted(4, false),
        new Verdict.Accepted(5, true),
        new Verdict.Refused(new Refusal(ErrorCode.INVALID, "n: text", "/n"), 5),
        new Verdict.Gap(2),
        new Verdict.Undecided(Refusal.of(ErrorCode.UNAVAILABLE, "later")),
        new Verdict.DecidedBefore(3));
    Present present = new Present("s-1", "c-1", "ann", json("'here'"));
    return List.of(
        new Notice.Attached(entity.getRef(), new Position(77, 5), json("{'a':[true,'é']}")),
        new Notice.Renewed(entity.getRef(), new Position(77, 5)),
        new Notice.Behind(
            entity.getRef(), new Position(77, 5), Hash.seed(new EntityId("note", "a"))),
        new Notice.At(new Position(77, 5)),
        new Notice.Quarantined("a hole"),
        committed,
        new Notice.Decided(9, verdicts, List.of(committed)),
        new Notice.Presence("origin", false, List.of(present), List.of("s-2")),
        new Notice.Introduce());
  }

  private List<ClusterMessage> all() {
    return Stream.concat(commands().stream(), notices().stream()).toList();
  }

  @Test
  void everyMessageComesOutAsItWentIn() {
    for (ClusterMessage message : all()) {
      String manifest = ClusterCodec.manifest(message);

      ClusterMessage read = codec.decode(manifest, codec.encode(message)).orElseThrow();

      assertThat(codec.encode(read)).as(manifest).isEqualTo(codec.encode(message));
      assertThat(read.getClass()).isEqualTo(message.getClass());
    }
    assertThat(codec.decode("hf.submit.1", codec.encode(commands().get(0))))
        .contains(commands().get(0));
  }

  @Test
  void noMessageHasBeenForgotten() {
    List<Class<?>> local = List.of(StateEntity.Fragment.class, Notice.Fragment.class);
    Stream<Class<?>> types = Stream.concat(
            Arrays.stream(StateEntity.Command.class.getPermittedSubclasses()),
            Arrays.stream(Notice.class.getPermittedSubclasses()))
        .filter(type -> !local.contains(type) && !type.isEnum());

    assertThat(all().stream().map(Object::getClass)).hasSameElementsAs(types.toList());
  }

  @Test
  void messagesAreWrittenAsEver() throws IOException {
    for (ClusterMessage message : all()) {
      String manifest = ClusterCodec.manifest(message);
      String written = new String(codec.encode(message), StandardCharsets.UTF_8)
          .replaceAll("akka://holdfast/[^\"]*", "akka://holdfast/ref");

      assertThat(written)
          .isEqualTo(Files.readString(V1.resolve(manifest + ".json")).strip());
    }
  }

  @Test
  void aReplicaThatCatchesUpByItselfSaysSoAndOneOfTheVersionBeforeNeverDoes() {
    var attach = new StateEntity.Attach(replica.getRef(), new Position(7, 12), true);
    byte[] before = codec.encode(new StateEntity.Attach(replica.getRef(), new Position(7, 12)));

    assertThat(codec.decode("hf.attach.1", codec.encode(attach))).contains(attach);
    assertThat(new String(before, StandardCharsets.UTF_8)).doesNotContain("catchesUp");
  }

  @Test
  void whatALaterVersionAddsIsIgnored() {
    byte[] later = "{\"epoch\":7,\"version\":9,\"added\":{\"by\":[\"a\",\"later\",\"version\"]}}"
        .getBytes(StandardCharsets.UTF_8);

    assertThat(codec.decode("hf.at.1", later)).contains(new Notice.At(new Position(7, 9)));
    assertThat(codec.decode("hf.unheard-of.9", later)).isEmpty();
  }

  @Test
  void aLongMessageTravelsInPartsNoLongerThanAFrameBetweenNodes() {
    Notice.Attached big = new Notice.Attached(
        entity.getRef(),
        new Position(7, 1),
        JsonString.of("x".repeat(200_000) + "é".repeat(200_000)));
    byte[] whole = codec.encode(big);
    List<Part> parts = Part.of(1, 1, ClusterCodec.manifest(big), whole);
    Assembly assembly = new Assembly();
    List<byte[]> assembled = new ArrayList<>();

    for (Part part : parts) {
      byte[] sent = codec.encode(new Notice.Fragment(part));
      assertThat(sent.length).isLessThan(256 * 1024);
      Notice.Fragment received =
          (Notice.Fragment) codec.decode(ClusterCodec.NOTICE_PART, sent).orElseThrow();
      assembly.add(received.part()).ifPresent(assembled::add);
    }

    assertThat(parts).hasSizeGreaterThan(2);
    assertThat(assembled).hasSize(1);
    assertThat(assembled.get(0)).isEqualTo(whole);
  }

  @Test
  void aMessageThatWasCutOffIsDroppedAndTheNextOneIsRead() {
    List<Part> cut = Part.of(1, 1, "m", new byte[3 * Part.MOST_BYTES]);
    List<Part> next = Part.of(1, 2, "m", new byte[2 * Part.MOST_BYTES]);
    Assembly assembly = new Assembly();

    assertThat(assembly.add(cut.get(0))).isEmpty();
    assertThat(assembly.add(cut.get(2))).isEmpty();
    assertThat(assembly.add(next.get(0))).isEmpty();
    assertThat(assembly.add(next.get(1))).isPresent();
    assertThat(assembly.add(cut.get(1))).isEmpty();
  }

  @Test
  void twoSendersPartsMayComeMixed() {
    List<Part> one = Part.of(1, 1, "m", new byte[2 * Part.MOST_BYTES]);
    List<Part> other = Part.of(2, 1, "m", new byte[2 * Part.MOST_BYTES]);
    Assembly assembly = new Assembly();

    assertThat(assembly.add(one.get(0))).isEmpty();
    assertThat(assembly.add(other.get(0))).isEmpty();
    assertThat(assembly.add(one.get(1))).isPresent();
    assertThat(assembly.add(other.get(1))).isPresent();
  }
}
